/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.util.List;
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

  /** Parts of {@link #SOURCE} that a row has once more, at its end, while it is decoded. */
  private static final List<String> AT_HAND =
      List.of("topic", "partition", "offset", "timestamp", "line");

  private DecodedColumns() {}

  /** The format's columns and, behind them, the ones above. */
  static StructType after(StructType columns) {
    return columns
        .add(SOURCE, SOURCE_TYPE)
        .add(STAGE, DataTypes.StringType)
        .add(REASON, DataTypes.StringType)
        .add(DETAIL, DataTypes.StringType);
  }

  /** The columns of a row while it is decoded: {@link #after} and, behind them, its position. */
  static StructType whileDecoded(StructType columns) {
    StructType all = after(columns);
    for (String part : AT_HAND) {
      all = all.add("_" + part, SOURCE_TYPE.apply(part).dataType());
    }
    return all;
  }

  /**
   * Where a row has a part of its position while it is decoded.
   *
   * @param columns how many columns the format has
   * @param part the name of a field of {@link #SOURCE_TYPE}: topic, partition, offset, timestamp or
   *     line
   */
  public static int atHand(int columns, String part) {
    return columns + 4 + AT_HAND.indexOf(part);
  }
}
