/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.icestream.model.PartitionTransform;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.plan.TableSpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows as a quarantine table stores them: everything that is needed to replay them. */
public final class QuarantineRows {
  /** The tables that a rejected row has not reached: a column of rejected rows. */
  public static final String SINKS = "_sinks";

  /** The row waits for a correction or a replay; a null is read as this. */
  public static final String OPEN = "open";

  /** A replay is under way. */
  public static final String CLAIMED = "claimed";

  /** Nothing is left to do. */
  public static final String RESOLVED = "resolved";

  static final DataType TABLES = DataTypes.createArrayType(DataTypes.StringType);

  /** What a replay has found a row to become, kept from its claim until the claim is settled. */
  static final StructType CLAIM =
      new StructType()
          .add("time", DataTypes.TimestampType)
          .add("written", TABLES)
          .add(
              "rejections",
              DataTypes.createArrayType(
                  new StructType()
                      .add("sinks", TABLES)
                      .add("stage", DataTypes.StringType)
                      .add("reason", DataTypes.StringType)
                      .add("detail", DataTypes.StringType)));

  private static final StructType COLUMNS = columns();

  private QuarantineRows() {}

  /** The table that holds them. */
  public static TableSpec table(String name) {
    return new TableSpec(
        name,
        COLUMNS,
        List.of(new PartitionTransform(PartitionTransform.Kind.DAYS, "time", 0)),
        // A replay changes rows that no driver touches, and need not mind the ones it appends
        Map.of(
            "write.merge.isolation-level", "snapshot", "write.update.isolation-level", "snapshot"));
  }

  /**
   * Makes stored rows.
   *
   * @param rejected rows with source, stage, reason, detail and {@link #SINKS}
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
    columns.add(col(SINKS).as("sinks"));
    columns.add(lit(OPEN).as("state"));
    columns.add(lit(0).as("attempts"));
    for (StructField field : COLUMNS.fields()) {
      if (columns.size() <= COLUMNS.fieldIndex(field.name())) {
        columns.add(lit(null).cast(field.dataType()).as(field.name()));
      }
    }
    return rejected.select(columns.toArray(Column[]::new));
  }

  /**
   * Stored rows with all columns, also of a table that an earlier version has made: what it lacks
   * is null, and what is null although it has a default has that.
   */
  public static Dataset<Row> complete(Dataset<Row> stored) {
    List<String> present = Arrays.asList(stored.columns());
    List<Column> columns = new ArrayList<>();
    for (StructField field : COLUMNS.fields()) {
      Column value =
          present.contains(field.name())
              ? col("`" + field.name() + "`")
              : lit(null).cast(field.dataType());
      columns.add(
          switch (field.name()) {
            case "state" -> coalesce(value, lit(OPEN)).as("state");
            case "attempts" -> coalesce(value, lit(0)).as("attempts");
            default -> value.as(field.name());
          });
    }
    return stored.select(columns.toArray(Column[]::new));
  }

  /**
   * The columns that say where in Kafka a row comes from; together they are a row's identity among
   * those of its pipeline.
   */
  public static List<String> position() {
    return Arrays.stream(DecodedColumns.SOURCE_TYPE.fieldNames())
        .filter(name -> !List.of("timestamp", "key", "headers", "payload").contains(name))
        .toList();
  }

  private static StructType columns() {
    StructType columns = new StructType(DecodedColumns.SOURCE_TYPE.fields());
    return columns
        .add("stage", DataTypes.StringType)
        .add("reason", DataTypes.StringType)
        .add("detail", DataTypes.StringType)
        .add("pipeline", DataTypes.StringType)
        .add("version", DataTypes.StringType)
        .add("time", DataTypes.TimestampType)
        .add("sinks", TABLES)
        .add("state", DataTypes.StringType)
        .add("attempts", DataTypes.IntegerType)
        .add("replay", DataTypes.StringType)
        .add("resolution", DataTypes.StringType)
        .add("resolved_at", DataTypes.TimestampType)
        .add("claim", CLAIM);
  }
}
