/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.Iterator;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Gives each row a number that rows of its partition have in common. */
final class PartitionHashes implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1;
  private static final String HASH = "_partition_hash";

  private final Broadcast<Table> table;
  private final StructType columns;

  private PartitionHashes(Broadcast<Table> table, StructType columns) {
    this.table = table;
    this.columns = columns;
  }

  /**
   * Sends the rows of each partition to one task.
   *
   * @param table whose partitions these are
   * @param rows its columns, in its order
   * @return the rows, with a further column behind them
   */
  static JavaRDD<InternalRow> gather(Broadcast<Table> table, Dataset<Row> rows) {
    SparkSession spark = rows.sparkSession();
    JavaRDD<InternalRow> numbered =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(new PartitionHashes(table, rows.schema()));
    return spark
        .internalCreateDataFrame(numbered.rdd(), numbered(rows.schema()), false)
        .repartition(spark.sparkContext().defaultParallelism(), functions.col(HASH))
        .queryExecution()
        .toRdd()
        .toJavaRDD();
  }

  private static StructType numbered(StructType columns) {
    return columns.add(HASH, DataTypes.IntegerType, false);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    RowLayout layout = RowLayout.same(columns);
    Table of = table.value();
    PartitionKey key = new PartitionKey(of.spec(), of.schema());
    PartitionProbe probe = PartitionProbe.of(of.spec(), of.schema(), layout);
    RowStruct struct = new RowStruct(layout);
    GenericInternalRow number = new GenericInternalRow(1);
    JoinedRow joined = new JoinedRow();
    UnsafeProjection projection = UnsafeProjection.create(numbered(columns));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        InternalRow row = rows.next();
        if (!probe.stays(row)) {
          key.partition(struct.show(row));
          number.update(0, key.hashCode());
        }
        return projection.apply(joined.apply(row, number));
      }
    };
  }
}
