/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.icestream.spark.schema.ColumnPath;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads the fields of one object into a row. Not thread-safe. */
final class JsonObjectReader {
  private final StructField[] fields;
  private final JsonValue[] values;
  private final ColumnPath[] paths;
  private final boolean[] seen;
  private final Map<String, Integer> ordinals = new HashMap<>();
  private final ColumnPath path;
  private final Unexpected unexpected;

  JsonObjectReader(StructType columns, ColumnPath path, Unexpected unexpected) {
    this(columns, path, unexpected, (f, p) -> JsonValue.of(f.dataType(), p, unexpected));
  }

  /**
   * @param values the reader for a field with a path
   */
  JsonObjectReader(
      StructType columns,
      ColumnPath path,
      Unexpected unexpected,
      BiFunction<StructField, ColumnPath, JsonValue> values) {
    this.fields = columns.fields();
    this.values = new JsonValue[fields.length];
    this.paths = new ColumnPath[fields.length];
    this.seen = new boolean[fields.length];
    this.path = path;
    this.unexpected = unexpected;
    for (int i = 0; i < fields.length; i++) {
      paths[i] = path.to(fields[i].name());
      this.values[i] = values.apply(fields[i], paths[i]);
      ordinals.put(fields[i].name(), i);
    }
  }

  /**
   * Reads up to the object's end.
   *
   * @param parser stands on the object's start; stands on its end afterwards
   * @param row all null
   */
  void fill(JsonParser parser, InternalRow row) throws IOException, Rejection {
    parser.nextToken();
    fillRest(parser, row);
  }

  /** As {@link #fill}, of an object whose first name has been read. */
  void fillRest(JsonParser parser, InternalRow row) throws IOException, Rejection {
    Arrays.fill(seen, false);
    for (; parser.currentToken() == JsonToken.FIELD_NAME; parser.nextToken()) {
      Integer ordinal = ordinals.get(parser.getCurrentName());
      if (ordinal == null) {
        unexpected.field(parser, path.to(parser.getCurrentName()));
      } else {
        read(parser, row, ordinal);
      }
    }
    for (int i = 0; i < fields.length; i++) {
      if (!seen[i] && !fields[i].nullable()) {
        missing(i, "absent");
      }
    }
  }

  private void read(JsonParser parser, InternalRow row, int ordinal) throws IOException, Rejection {
    if (seen[ordinal]) {
      throw new Rejection("duplicate_key", paths[ordinal] + ": stands twice");
    }
    seen[ordinal] = true;
    if (parser.nextToken() != JsonToken.VALUE_NULL) {
      row.update(ordinal, values[ordinal].read(parser));
    } else if (!fields[ordinal].nullable()) {
      missing(ordinal, "null");
    }
  }

  private void missing(int ordinal, String how) throws Rejection {
    unexpected.absent(
        paths[ordinal],
        new Rejection("missing_field", paths[ordinal] + ": is required and " + how));
  }
}
