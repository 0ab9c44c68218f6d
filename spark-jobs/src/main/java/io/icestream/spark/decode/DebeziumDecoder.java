/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.schema.ColumnPath;
import java.io.IOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Debezium's envelope of a database change in JSON, as Kafka Connect's converter writes it with or
 * without its schema beside it. A tombstone, which follows a deletion, has the operation {@code
 * tombstone} and nothing else.
 */
final class DebeziumDecoder implements RecordDecoder {
  private static final UTF8String TOMBSTONE = UTF8String.fromString("tombstone");

  private final StructType columns;
  private final UnknownFields unknownFields;
  private transient Unexpected unexpected;
  private transient JsonObjectReader envelope;

  /**
   * @param columns those of {@link DebeziumColumns}
   * @param unknownFields what happens to a column of the database that the schema lacks
   */
  DebeziumDecoder(StructType columns, UnknownFields unknownFields) {
    this.columns = columns;
    this.unknownFields = unknownFields;
  }

  @Override
  public void report(DriftLog drift) {
    unexpected = Unexpected.of(unknownFields, drift);
    envelope =
        new JsonObjectReader(
            columns,
            ColumnPath.ROOT,
            new Unexpected.Skipped(),
            (field, path) -> DebeziumValue.of(field, path, unexpected));
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    if (envelope == null) {
      report(new DriftLog());
    }
    unexpected.start();
    JsonText.read(
        payload,
        parser -> {
          parser.nextToken();
          if (isConverterField(parser)) {
            unwrap(parser, row);
          } else {
            envelope.fillRest(parser, row);
          }
        });
    requireSense(row);
    unexpected.finish();
  }

  private static boolean isConverterField(JsonParser parser) throws IOException {
    String name = parser.currentToken() == JsonToken.FIELD_NAME ? parser.getCurrentName() : "";
    return name.equals("schema") || name.equals("payload");
  }

  /** Reads what Kafka Connect's converter puts around the envelope. */
  private void unwrap(JsonParser parser, InternalRow row) throws IOException, Rejection {
    boolean filled = false;
    for (; parser.currentToken() == JsonToken.FIELD_NAME; parser.nextToken()) {
      if (!isConverterField(parser)) {
        throw malformed("'" + parser.getCurrentName() + "' stands beside schema and payload");
      }
      boolean payload = parser.getCurrentName().equals("payload");
      JsonToken value = parser.nextToken();
      if (!payload) {
        parser.skipChildren();
      } else if (filled) {
        throw new Rejection("duplicate_key", "payload: stands twice");
      } else if (value != JsonToken.START_OBJECT) {
        throw malformed("payload: expected an object, found " + value);
      } else {
        envelope.fill(parser, row);
        filled = true;
      }
    }
    if (!filled) {
      throw malformed("payload: is absent");
    }
  }

  private void requireSense(InternalRow row) throws Rejection {
    String op = row.getString(columns.fieldIndex(DebeziumColumns.OP));
    boolean after = !row.isNullAt(columns.fieldIndex(DebeziumColumns.AFTER));
    switch (op) {
      case "c", "r", "u" -> {
        if (!after) {
          throw new Rejection("missing_field", "after: is required with op " + op);
        }
      }
      case "d", "t" -> {
        if (after) {
          throw malformed("after: has a row with op " + op);
        }
      }
      default ->
          throw new Rejection(
              "unsupported_operation", "op: expected c, r, u, d or t, found '" + op + "'");
    }
  }

  private static Rejection malformed(String detail) {
    return new Rejection("malformed_envelope", detail);
  }

  @Override
  public void decodeTombstone(InternalRow row) {
    row.update(columns.fieldIndex(DebeziumColumns.OP), TOMBSTONE);
  }
}
