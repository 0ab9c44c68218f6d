/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import com.fasterxml.jackson.core.JsonPointer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An API to poll, as a file declares it.
 *
 * @param name names its state and its dead letters
 * @param topic takes the records
 * @param url of the first page, without what {@code query} and the cursor add
 * @param request what each request has besides its address
 * @param records where records are in a page
 * @param cursor how pages follow each other; empty: there is one page
 * @param limits how much and how often
 */
record ApiDefinition(
    String name,
    String topic,
    URI url,
    Request request,
    Records records,
    Optional<Cursor> cursor,
    Limits limits) {

  /**
   * What each request has besides its address, see the file's {@code headers} and {@code query}.
   */
  record Request(Map<String, String> headers, Map<String, String> query) {
    Request {
      headers = Map.copyOf(headers);
      query = Map.copyOf(query);
    }
  }

  /**
   * Where records are.
   *
   * @param at the array of records in a page; the empty pointer for the page itself
   * @param key the Kafka key in a record; empty: records have none
   */
  record Records(JsonPointer at, Optional<JsonPointer> key) {}

  /**
   * How pages follow each other.
   *
   * @param at where the next page's cursor is; a page without one is the last
   * @param parameter of the query that takes it; empty if the cursor is the next page's URL
   */
  record Cursor(JsonPointer at, Optional<String> parameter) {}

  /**
   * @param pages of one poll at most
   * @param interval between two polls
   * @param timeout for one answer
   * @param attempts for one page, of which the first counts
   * @param backoff before the second; doubled for each further
   */
  record Limits(int pages, Duration interval, Duration timeout, int attempts, Duration backoff) {}

  ApiDefinition {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(topic, "topic");
  }
}
