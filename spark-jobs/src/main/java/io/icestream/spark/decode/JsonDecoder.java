/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** One JSON object per document, read strictly against the columns, in one pass over the bytes. */
final class JsonDecoder implements RecordDecoder {
  private final StructType columns;
  private final boolean rejectUnknown;
  private transient JsonObjectReader reader;

  JsonDecoder(StructType columns, boolean rejectUnknown) {
    this.columns = columns;
    this.rejectUnknown = rejectUnknown;
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    if (reader == null) {
      reader = new JsonObjectReader(columns, "", rejectUnknown);
    }
    JsonText.read(payload, parser -> reader.fill(parser, row));
  }
}
