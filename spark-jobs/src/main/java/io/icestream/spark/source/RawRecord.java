/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of Spark's Kafka source with headers, by position. The order is fixed by the
 * connector (KafkaRecordToRowConverter of spark-sql-kafka-0-10).
 */
public final class RawRecord {
  /** Their names and types. */
  public static final StructType COLUMNS =
      new StructType()
          .add("key", DataTypes.BinaryType)
          .add("value", DataTypes.BinaryType)
          .add("topic", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType, false)
          .add("offset", DataTypes.LongType, false)
          .add("timestamp", DataTypes.TimestampType, false)
          .add("timestampType", DataTypes.IntegerType, false)
          .add(
              "headers",
              DataTypes.createArrayType(
                  new StructType()
                      .add("key", DataTypes.StringType)
                      .add("value", DataTypes.BinaryType)));

  public static final int KEY = 0;
  public static final int VALUE = 1;
  public static final int TOPIC = 2;
  public static final int PARTITION = 3;
  public static final int OFFSET = 4;

  /** Microseconds since 1970. */
  public static final int TIMESTAMP = 5;

  static final int TIMESTAMP_TYPE = 6;

  /** An array of structs of key (string) and value (binary); null if there are none. */
  public static final int HEADERS = 7;

  /**
   * The line that the value was, or null if it was all of a record: only in rows that come from
   * quarantine and not from Kafka, which have been divided already.
   */
  public static final int LINE = 8;

  private RawRecord() {}
}
