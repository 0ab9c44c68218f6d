/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What Debezium writes in place of a large value that the database did not tell, since it has not
 * changed. Bytes come as they are, or as text in base64 or in hexadecimal digits, by the
 * connector's {@code binary.handling.mode}.
 */
final class Placeholder {
  private static final byte[] BYTES = "__debezium_unavailable_value".getBytes(UTF_8);

  private Placeholder() {}

  /** Whether it stands in a column; empty if no column of the type can have it. */
  static Optional<Column> in(Column column, DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return Optional.of(
          column.isin(
              new String(BYTES, UTF_8),
              Base64.getEncoder().encodeToString(BYTES),
              HexFormat.of().formatHex(BYTES)));
    } else if (type.equals(DataTypes.BinaryType)) {
      return Optional.of(column.equalTo(lit(BYTES)));
    } else if (type.equals(DataTypes.createArrayType(DataTypes.StringType))) {
      return Optional.of(column.equalTo(array(lit(new String(BYTES, UTF_8)))));
    }
    return Optional.empty();
  }
}
