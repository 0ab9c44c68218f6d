/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import java.util.Objects;
import java.util.Optional;

/**
 * An object as an event names it.
 *
 * @param bucket its bucket
 * @param key its key, decoded
 * @param versionId of a bucket with versions; empty if it has none
 * @param etag its content's, without quotes; empty if the event does not tell
 */
record ObjectVersion(String bucket, String key, Optional<String> versionId, Optional<String> etag) {

  ObjectVersion {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(key, "key");
  }

  /** As {@code s3://bucket/key}. */
  String address() {
    return "s3://" + bucket + "/" + key;
  }
}
