/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.icestream.spark.schema.ColumnPath;
import java.io.IOException;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Readers for the fields of an envelope. In a database row they take what JSON takes and, beyond
 * that, what Debezium writes with only one meaning: a date as days since 1970, a decimal as text. A
 * number for a timestamp could be milli-, micro- or nanoseconds, so it is rejected.
 */
final class DebeziumValue {
  private DebeziumValue() {}

  /**
   * The reader for a field of the envelope.
   *
   * @param field a column of {@link DebeziumColumns}
   * @param path where it is
   * @param unexpected what happens to columns of the database that the schema lacks
   */
  static JsonValue of(StructField field, ColumnPath path, Unexpected unexpected) {
    return switch (field.name()) {
      case DebeziumColumns.BEFORE, DebeziumColumns.AFTER ->
          row((StructType) field.dataType(), path, unexpected);
      case DebeziumColumns.SOURCE -> place((StructType) field.dataType(), path);
      case DebeziumColumns.TIME -> millis(path);
      default -> JsonValue.of(field.dataType(), path, new Unexpected.Skipped());
    };
  }

  private static JsonValue row(StructType type, ColumnPath path, Unexpected unexpected) {
    return object(
        type,
        path,
        new JsonObjectReader(
            type, path, unexpected, (f, p) -> column(f.dataType(), p, unexpected)));
  }

  private static JsonValue place(StructType type, ColumnPath path) {
    return object(
        type,
        path,
        new JsonObjectReader(
            type,
            path,
            new Unexpected.Skipped(),
            (f, p) -> {
              if (f.dataType() instanceof TimestampType) {
                return millis(p);
              }
              return f.dataType() instanceof StringType
                  ? word(p)
                  : column(f.dataType(), p, new Unexpected.Skipped());
            }));
  }

  private static JsonValue object(StructType type, ColumnPath path, JsonObjectReader reader) {
    return parser -> {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw TextValues.wrongType(path.toString(), type, found(parser));
      }
      GenericInternalRow row = new GenericInternalRow(type.length());
      reader.fill(parser, row);
      return row;
    };
  }

  private static JsonValue column(DataType type, ColumnPath path, Unexpected unexpected) {
    JsonValue plain = JsonValue.of(type, path, unexpected);
    if (type instanceof DateType) {
      JsonValue days = JsonValue.of(DataTypes.IntegerType, path, unexpected);
      return p -> (p.currentToken() == JsonToken.VALUE_NUMBER_INT ? days : plain).read(p);
    } else if (type instanceof DecimalType) {
      return p ->
          p.currentToken() == JsonToken.VALUE_STRING
              ? TextValues.read(p.getText(), type, path.toString())
              : plain.read(p);
    } else if (type instanceof TimestampType) {
      return p -> {
        if (p.currentToken().isNumeric()) {
          throw TextValues.wrongType(
              path.toString(), type, p.getText() + ", a number without a unit");
        }
        return plain.read(p);
      };
    }
    return plain;
  }

  /** Milliseconds since 1970. */
  private static JsonValue millis(ColumnPath path) {
    JsonValue number = JsonValue.of(DataTypes.LongType, path, new Unexpected.Skipped());
    return parser -> {
      long millis = (Long) number.read(parser);
      try {
        return Math.multiplyExact(millis, 1_000L);
      } catch (ArithmeticException e) {
        throw new Rejection("out_of_range", path + ": " + millis + " does not fit timestamp");
      }
    };
  }

  /** A text, for which some connectors write a number or a truth value. */
  private static JsonValue word(ColumnPath path) {
    JsonValue text = JsonValue.of(DataTypes.StringType, path, new Unexpected.Skipped());
    return parser ->
        parser.currentToken().isNumeric() || parser.currentToken().isBoolean()
            ? UTF8String.fromString(parser.getText())
            : text.read(parser);
  }

  private static String found(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.START_ARRAY ? "an array" : parser.getText();
  }
}
