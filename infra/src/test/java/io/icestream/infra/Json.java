/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON as the tests read and write it. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(
              SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT);

  private Json() {}

  /** What the CDK gives as a map that can be asked. */
  static Map<String, Object> object(Object value) {
    return MAPPER.convertValue(value, new TypeReference<>() {});
  }

  static Map<String, Object> parsed(String text) {
    try {
      return MAPPER.readValue(text, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Indented, keys in order. */
  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
