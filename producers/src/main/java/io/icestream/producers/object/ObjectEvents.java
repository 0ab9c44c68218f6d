/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects that an event names: notifications of S3 itself, those of EventBridge, and either of
 * them in messages of SQS. S3's test event and the deletion of objects name none.
 */
final class ObjectEvents {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ObjectEvents() {}

  /** An event was not one of those that are known. */
  static final class UnknownEventException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownEventException(String message) {
      super(message);
    }
  }

  /** A message of SQS. */
  record Message(String id, String body) {}

  /** The messages of an event of SQS; empty if it is another. */
  static Optional<List<Message>> messages(JsonNode event) {
    JsonNode records = event.path("Records");
    if (!records.path(0).path("eventSource").asText().equals("aws:sqs")) {
      return Optional.empty();
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode each : records) {
      messages.add(new Message(each.path("messageId").asText(), each.path("body").asText()));
    }
    return Optional.of(messages);
  }

  /**
   * The objects of the body of a message.
   *
   * @throws UnknownEventException if it is not an event of S3
   */
  static List<ObjectVersion> objects(String body) throws UnknownEventException {
    try {
      return objects(JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw new UnknownEventException("The message is not JSON: " + e.getOriginalMessage());
    }
  }

  /**
   * The objects of an event of S3 or EventBridge.
   *
   * @throws UnknownEventException if it is another
   */
  static List<ObjectVersion> objects(JsonNode event) throws UnknownEventException {
    List<ObjectVersion> objects = new ArrayList<>();
    if (event.path("source").asText().equals("aws.s3")) {
      if (event.path("detail-type").asText().equals("Object Created")) {
        JsonNode detail = event.path("detail");
        objects.add(
            version(
                detail.path("bucket"),
                detail.path("object"),
                "version-id",
                "etag",
                detail.path("object").path("key").asText()));
      }
      return objects;
    }
    if (event.path("Event").asText().equals("s3:TestEvent")) {
      return objects;
    }
    JsonNode records = event.path("Records");
    if (!records.path(0).path("eventSource").asText().equals("aws:s3")) {
      throw new UnknownEventException(
          "The event is of neither S3, EventBridge nor SQS: subscribe the function to the creation"
              + " of objects.");
    }
    for (JsonNode each : records) {
      if (each.path("eventName").asText().startsWith("ObjectCreated:")) {
        JsonNode object = each.path("s3").path("object");
        // Here, and not in EventBridge, keys are encoded as in a form
        String key = URLDecoder.decode(object.path("key").asText(), UTF_8);
        objects.add(version(each.path("s3").path("bucket"), object, "versionId", "eTag", key));
      }
    }
    return objects;
  }

  private static ObjectVersion version(
      JsonNode bucket, JsonNode object, String versionId, String etag, String key)
      throws UnknownEventException {
    String name = bucket.path("name").asText();
    if (name.isEmpty() || key.isEmpty()) {
      throw new UnknownEventException("The event names no bucket or no key.");
    }
    return new ObjectVersion(name, key, text(object.path(versionId)), text(object.path(etag)));
  }

  /** S3 writes the version "null" for objects that are older than their bucket's versions. */
  private static Optional<String> text(JsonNode node) {
    return Optional.of(node.asText("")).filter(text -> !text.isEmpty() && !text.equals("null"));
  }
}
