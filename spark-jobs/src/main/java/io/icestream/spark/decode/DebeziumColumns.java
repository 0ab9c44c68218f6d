/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The columns of a database change. */
final class DebeziumColumns {
  static final String OP = "op";
  static final String TIME = "ts_ms";
  static final String BEFORE = "before";
  static final String AFTER = "after";
  static final String SOURCE = "source";
  static final String TRANSACTION = "transaction";

  /** What the connectors say of a change's place; each leaves out what its database has not. */
  static final StructType SOURCE_TYPE =
      new StructType()
          .add("connector", DataTypes.StringType)
          .add("db", DataTypes.StringType)
          .add("schema", DataTypes.StringType)
          .add("table", DataTypes.StringType)
          .add(TIME, DataTypes.TimestampType)
          .add("snapshot", DataTypes.StringType)
          .add("lsn", DataTypes.LongType)
          .add("txId", DataTypes.StringType)
          .add("file", DataTypes.StringType)
          .add("pos", DataTypes.LongType)
          .add("gtid", DataTypes.StringType);

  private static final StructType TRANSACTION_TYPE =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("total_order", DataTypes.LongType)
          .add("data_collection_order", DataTypes.LongType);

  private DebeziumColumns() {}

  /**
   * The columns of changes to a table.
   *
   * @param table the columns of the database table. A row before its change may lack any of them:
   *     databases log no more of it than they are told to
   */
  static StructType of(StructType table) {
    return new StructType()
        .add(OP, DataTypes.StringType, false)
        .add(TIME, DataTypes.TimestampType)
        .add(BEFORE, table.asNullable())
        .add(AFTER, table)
        .add(SOURCE, SOURCE_TYPE)
        .add(TRANSACTION, TRANSACTION_TYPE);
  }
}
