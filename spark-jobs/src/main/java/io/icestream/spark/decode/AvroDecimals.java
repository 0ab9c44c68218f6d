/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;

/** Decimals as Avro has them: the digits as a two's complement number, the scale in the schema. */
final class AvroDecimals {
  /** Enough for the 38 digits that a column can have. */
  private static final int MOST_BITS = 127;

  private AvroDecimals() {}

  static Decimal read(byte[] bytes, LogicalTypes.Decimal type, String path) throws Rejection {
    if (bytes.length == 0) {
      throw new Rejection("malformed_avro", path + ": the decimal has no bytes");
    }
    BigInteger digits = new BigInteger(bytes);
    DecimalType column = new DecimalType(type.getPrecision(), type.getScale());
    // Counting the digits of a number takes long if it has a million of them
    if (digits.bitLength() > MOST_BITS) {
      throw new Rejection("out_of_range", path + ": does not fit " + column.simpleString());
    }
    return TextValues.decimal(new BigDecimal(digits, type.getScale()), column, path);
  }
}
