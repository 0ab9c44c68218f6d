/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The types of columns, as each system calls them. */
public enum ColumnType {
  STRING("\"string\"", "STRING", "STRING"),
  LONG("\"long\"", "BIGINT", "BIGINT"),
  INT("\"int\"", "INT", "INT"),
  DOUBLE("\"double\"", "DOUBLE", "DOUBLE"),
  BOOLEAN("\"boolean\"", "BOOLEAN", "BOOLEAN"),
  TIMESTAMP(
      "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}",
      "TIMESTAMP",
      "TIMESTAMP_LTZ(6)");

  private final String avro;
  private final String spark;
  private final String flink;

  ColumnType(String avro, String spark, String flink) {
    this.avro = avro;
    this.spark = spark;
    this.flink = flink;
  }

  String avro() {
    return avro;
  }

  String spark() {
    return spark;
  }

  String flink() {
    return flink;
  }

  Type iceberg() {
    return switch (this) {
      case STRING -> Types.StringType.get();
      case LONG -> Types.LongType.get();
      case INT -> Types.IntegerType.get();
      case DOUBLE -> Types.DoubleType.get();
      case BOOLEAN -> Types.BooleanType.get();
      case TIMESTAMP -> Types.TimestampType.withZone();
    };
  }
}
