/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;

/** A payload that is one JSON object in UTF-8 and nothing else. */
final class JsonText {
  /**
   * Field names come from whoever writes to the topic. So they are not interned, which would keep
   * them for good, and names with equal hashes are slow instead of an error.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  /** Takes what it needs of an object. */
  @FunctionalInterface
  interface Reader {
    /**
     * @param parser stands on the object's start, and has to stand on its end afterwards
     */
    void read(JsonParser parser) throws IOException, Rejection;
  }

  private JsonText() {}

  /**
   * Reads a payload.
   *
   * @throws Rejection if it is no such object, or the reader rejects it
   */
  static void read(byte[] payload, Reader reader) throws Rejection {
    requireText(payload);
    try (JsonParser parser = JSON.createParser(payload)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new Rejection("empty_payload", "The payload has no content");
      }
      if (first != JsonToken.START_OBJECT) {
        throw new Rejection("malformed_json", "Expected an object, found " + first);
      }
      reader.read(parser);
      if (parser.nextToken() != null) {
        throw new Rejection("malformed_json", "There is more after the document");
      }
    } catch (StreamConstraintsException e) {
      throw new Rejection("too_large", e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      throw new Rejection("malformed_json", e.getOriginalMessage());
    } catch (IOException e) {
      throw new Rejection("malformed_json", e.toString());
    }
  }

  /**
   * The parser guesses other encodings from bytes that are zero, and takes overlong forms of UTF-8
   * for what they stand for.
   */
  private static void requireText(byte[] payload) throws Rejection {
    Utf8.require(payload, "malformed_json");
    for (int i = 0; i < Math.min(4, payload.length); i++) {
      if (payload[i] == 0) {
        throw new Rejection("malformed_json", "The payload is not UTF-8: byte " + i + " is zero");
      }
    }
  }
}
