/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Strict parsing: the whole text has to be one JSON value. */
final class JsonShape {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonShape() {}

  static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
  }

  /**
   * Whether the text is an object whose required text is there and whose number is a number or
   * null.
   */
  static boolean fits(String text, String requiredText, String numberField) {
    try {
      JsonNode node = MAPPER.readTree(text);
      JsonNode number = node.path(numberField);
      return node.isObject()
          && node.path(requiredText).isTextual()
          && (number.isNumber() || number.isNull());
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
