/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.schema.ColumnPath;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** One JSON object per document, read strictly against the columns, in one pass over the bytes. */
final class JsonDecoder implements RecordDecoder {
  private final StructType columns;
  private final UnknownFields unknownFields;
  private transient Unexpected unexpected;
  private transient JsonObjectReader reader;

  JsonDecoder(StructType columns, UnknownFields unknownFields) {
    this.columns = columns;
    this.unknownFields = unknownFields;
  }

  @Override
  public void report(DriftLog drift) {
    unexpected = Unexpected.of(unknownFields, drift);
    reader = new JsonObjectReader(columns, ColumnPath.ROOT, unexpected);
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    if (reader == null) {
      report(new DriftLog());
    }
    unexpected.start();
    JsonText.read(payload, parser -> reader.fill(parser, row));
    unexpected.finish();
  }
}
