/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.producers.ProducerException;
import java.util.Optional;

/**
 * How far an API is read: the page that comes next, and how much of it is known. Everything before
 * is acknowledged by Kafka.
 *
 * @param cursor of the page; empty for the first
 * @param sent how many records of that page are sent already, counted from its beginning
 * @param etag of the page as it was last read
 * @param modified of the page as it was last read, in HTTP's form
 */
record PollState(
    Optional<String> cursor, int sent, Optional<String> etag, Optional<String> modified) {

  static final PollState START =
      new PollState(Optional.empty(), 0, Optional.empty(), Optional.empty());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The beginning of a page that was never read. */
  static PollState at(String cursor) {
    return new PollState(Optional.of(cursor), 0, Optional.empty(), Optional.empty());
  }

  static PollState of(String text) {
    try {
      JsonNode state = JSON.readTree(text);
      return new PollState(
          text(state, "cursor"),
          state.path("sent").asInt(),
          text(state, "etag"),
          text(state, "modified"));
    } catch (JsonProcessingException e) {
      throw new ProducerException(
          "The state of an API is not JSON: restore it, or delete it to start over.", e);
    }
  }

  String text() {
    ObjectNode state = JSON.createObjectNode();
    cursor.ifPresent(value -> state.put("cursor", value));
    state.put("sent", sent);
    etag.ifPresent(value -> state.put("etag", value));
    modified.ifPresent(value -> state.put("modified", value));
    return state.toString();
  }

  private static Optional<String> text(JsonNode state, String field) {
    return Optional.ofNullable(state.get(field)).map(JsonNode::asText);
  }
}
