/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import com.google.protobuf.ByteString;
import io.icestream.model.Location;
import io.icestream.model.PipelineDefinition;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A short name for all that a pipeline file and its schemas say about what becomes of a record. Two
 * files have the same if they differ in comments, layout and tests alone.
 */
final class RowRules {
  private static final int BYTES = 6;

  private final StringBuilder text = new StringBuilder();

  private RowRules() {}

  /**
   * Names the rules of a file.
   *
   * @param definition the file
   * @param schema its schemas
   */
  static String of(PipelineDefinition definition, RecordSchema schema) {
    RowRules rules = new RowRules();
    rules.add(
        List.of(
            definition.sources(),
            definition.lookups(),
            definition.steps(),
            definition.sinks(),
            schema));
    try {
      byte[] bytes = rules.text.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(Object value) {
    if (value instanceof Location) {
      return; // where something stands makes no difference
    }
    if (value instanceof Record components) {
      text.append(components.getClass().getSimpleName());
      add(values(components));
    } else if (value instanceof Map<?, ?> map) {
      add(List.copyOf(map.entrySet()));
    } else if (value instanceof Map.Entry<?, ?> entry) {
      add(entry.getKey());
      add(entry.getValue());
    } else if (value instanceof Optional<?> optional) {
      add(optional.stream().toList());
    } else if (value instanceof Collection<?> collection) {
      text.append('[');
      collection.forEach(this::add);
      text.append(']');
    } else if (value instanceof ByteString bytes) {
      add(HexFormat.of().formatHex(bytes.toByteArray()));
    } else {
      // With its length, so that no two texts can be read as one
      String plain = String.valueOf(value);
      text.append(plain.length()).append(':').append(plain);
    }
  }

  private static List<Object> values(Record components) {
    List<Object> values = new ArrayList<>();
    for (RecordComponent component : components.getClass().getRecordComponents()) {
      try {
        values.add(component.getAccessor().invoke(components));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Record " + components.getClass() + " is not public", e);
      }
    }
    return values;
  }
}
