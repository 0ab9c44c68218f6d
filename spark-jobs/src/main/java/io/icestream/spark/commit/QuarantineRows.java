/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.icestream.model.PartitionTransform;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.plan.TableSpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows as a quarantine table stores them: everything that is needed to replay them. */
public final class QuarantineRows {
  private static final StructType COLUMNS = columns();

  private QuarantineRows() {}

  /** The table that holds them. */
  public static TableSpec table(String name) {
    return new TableSpec(
        name,
        COLUMNS,
        List.of(new PartitionTransform(PartitionTransform.Kind.DAYS, "time", 0)),
        Map.of());
  }

  /**
   * Makes stored rows.
   *
   * @param rejected rows with source, stage, reason and detail
   * @param pipeline the pipeline
   * @param version version of the code that rejected them
   * @param time the batch's time
   */
  public static Dataset<Row> of(
      Dataset<Row> rejected, String pipeline, String version, Instant time) {
    List<Column> columns = new ArrayList<>();
    for (StructField field : DecodedColumns.SOURCE_TYPE.fields()) {
      columns.add(col(DecodedColumns.SOURCE).getField(field.name()).as(field.name()));
    }
    columns.add(col(DecodedColumns.STAGE).as("stage"));
    columns.add(col(DecodedColumns.REASON).as("reason"));
    columns.add(col(DecodedColumns.DETAIL).as("detail"));
    columns.add(lit(pipeline).as("pipeline"));
    columns.add(lit(version).as("version"));
    columns.add(lit(Timestamp.from(time)).as("time"));
    return rejected.select(columns.toArray(Column[]::new));
  }

  private static StructType columns() {
    StructType columns = new StructType(DecodedColumns.SOURCE_TYPE.fields());
    return columns
        .add("stage", DataTypes.StringType)
        .add("reason", DataTypes.StringType)
        .add("detail", DataTypes.StringType)
        .add("pipeline", DataTypes.StringType)
        .add("version", DataTypes.StringType)
        .add("time", DataTypes.TimestampType);
  }
}
