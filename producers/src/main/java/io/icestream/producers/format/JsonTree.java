/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.icestream.producers.json.BadJsonException;
import io.icestream.producers.json.JsonRecords;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads records whose fields are looked at: nothing of them may be lost, so no name comes twice.
 */
final class JsonTree {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonTree() {}

  /**
   * @throws UnfitRecordException if it is not one JSON object in UTF-8, or has a name twice
   */
  static JsonNode of(byte[] record) throws UnfitRecordException {
    try {
      JsonRecords.requireObject(record);
      return JSON.readTree(record);
    } catch (BadJsonException e) {
      throw new UnfitRecordException(e.getMessage(), e);
    } catch (JsonProcessingException e) {
      throw new UnfitRecordException(BadJsonException.of(e).getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
