/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition.Encoding;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** The value as it is; an empty one is a value too. */
final class RawDecoder implements RecordDecoder {
  private final Encoding encoding;

  RawDecoder(Encoding encoding) {
    this.encoding = encoding;
  }

  static StructType columns(Encoding encoding) {
    return new StructType()
        .add(
            "value",
            switch (encoding) {
              case BYTES -> DataTypes.BinaryType;
              case TEXT -> DataTypes.StringType;
            },
            false);
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    switch (encoding) {
      case BYTES -> row.update(0, payload);
      case TEXT -> {
        Utf8.require(payload, "malformed_text");
        row.update(0, UTF8String.fromBytes(payload));
      }
    }
  }
}
