/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** One JSON object. Numbers keep the digits that the YAML has. */
final class JsonEncoder implements RecordEncoder {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public byte[] encode(Map<String, Object> fields) {
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}
