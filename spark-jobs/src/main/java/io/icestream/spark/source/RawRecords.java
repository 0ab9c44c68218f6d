/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Records that have not been read yet. Each reading reads them again.
 *
 * @param session of what is made of them
 * @param rows have the columns of {@link RawRecord}, in the order of their offsets within each
 *     partition; a row is only good until the next one is taken
 */
public record RawRecords(SparkSession session, JavaRDD<InternalRow> rows) {

  /** Records that are a dataset. */
  public static RawRecords of(Dataset<Row> records) {
    return new RawRecords(records.sparkSession(), records.queryExecution().toRdd().toJavaRDD());
  }
}
