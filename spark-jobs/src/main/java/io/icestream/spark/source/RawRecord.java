/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

/**
 * The columns of Spark's Kafka source with headers, by position. The order is fixed by the
 * connector (KafkaRecordToRowConverter of spark-sql-kafka-0-10).
 */
public final class RawRecord {
  public static final int KEY = 0;
  public static final int VALUE = 1;
  public static final int TOPIC = 2;
  public static final int PARTITION = 3;
  public static final int OFFSET = 4;

  /** Microseconds since 1970. */
  public static final int TIMESTAMP = 5;

  /** An array of structs of key (string) and value (binary); null if there are none. */
  public static final int HEADERS = 7;

  /**
   * The line that the value was, or null if it was all of a record: only in rows that come from
   * quarantine and not from Kafka, which have been divided already.
   */
  public static final int LINE = 8;

  private RawRecord() {}
}
