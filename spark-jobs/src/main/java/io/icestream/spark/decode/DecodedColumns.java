/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns that every decoded row has beside those of its format. */
public final class DecodedColumns {
  /** Where the row comes from: a struct of {@link #SOURCE_TYPE}. Hidden from tables. */
  public static final String SOURCE = "_source";

  /** The stage that rejected the row; null if it goes on. */
  public static final String STAGE = "_stage";

  /** Why it was rejected: a stable name; null if it goes on. */
  public static final String REASON = "_reason";

  /** What was found and what was expected, for a person; null if the row goes on. */
  public static final String DETAIL = "_detail";

  /**
   * A Kafka record as steps see it, and as the quarantine keeps it. Where each line of a record is
   * a row, {@code payload} is that line and {@code line} its number in the record, from 0;
   * otherwise {@code line} is null.
   */
  public static final StructType SOURCE_TYPE =
      new StructType()
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("timestamp", DataTypes.TimestampType)
          .add("key", DataTypes.BinaryType)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType)
                      .add("value", DataTypes.BinaryType)))
          .add("payload", DataTypes.BinaryType)
          .add("line", DataTypes.IntegerType);

  private DecodedColumns() {}

  /** The format's columns and, behind them, the ones above. */
  static StructType after(StructType columns) {
    return columns
        .add(SOURCE, SOURCE_TYPE)
        .add(STAGE, DataTypes.StringType)
        .add(REASON, DataTypes.StringType)
        .add(DETAIL, DataTypes.StringType);
  }
}
