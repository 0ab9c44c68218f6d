/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import java.util.Optional;

/** What an API answered, once it did. */
sealed interface Page {

  /**
   * A page.
   *
   * @param body its bytes
   * @param etag to ask with the next time
   * @param modified to ask with the next time, in HTTP's form
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Full(byte[] body, Optional<String> etag, Optional<String> modified) implements Page {}

  /** It is as it was. */
  record Unchanged() implements Page {}
}
