/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import io.icestream.spark.decode.Formats;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.schema.EvolvedColumns;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that a source has come to while it ran, kept as a property of the pipeline's
 * quarantine table, which every pipeline has. Were it lost, the same payloads would lead to the
 * same columns again.
 */
public final class SourceColumns {
  private final TableProperty property;

  /**
   * @param spark its default catalog has the table
   * @param table the quarantine table
   * @param pipeline the pipeline
   * @param source the source
   */
  public SourceColumns(SparkSession spark, String table, String pipeline, String source) {
    this.property =
        new TableProperty(spark, table, "icestream." + pipeline + "." + source + ".columns");
  }

  /**
   * The plan with the columns that its source came to in earlier runs, if its format lets it.
   *
   * @throws IllegalArgumentException if they contradict the schema file, which has been changed
   */
  public static QueryPlan resume(SparkSession spark, QueryPlan plan) {
    SourcePlan source = plan.source();
    if (!Formats.isEvolving(source.format())) {
      return plan;
    }
    Optional<StructType> kept =
        new SourceColumns(spark, plan.quarantineTable(), plan.pipeline(), source.name()).read();
    try {
      return kept.map(columns -> EvolvedColumns.union(source.schema(), columns))
          .map(plan::withSourceColumns)
          .orElse(plan);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The schema of source '"
              + source.name()
              + "' contradicts the columns that it has come to while it ran: "
              + e.getMessage()
              + ". Correct the schema, or give the pipeline another name to start afresh.",
          e);
    }
  }

  /** The columns; empty if the source has never had others than its schema file's. */
  public Optional<StructType> read() {
    return property.read().map(json -> (StructType) DataType.fromJson(json));
  }

  /** Keeps the columns. The table exists. */
  public void write(StructType columns) {
    property.write(columns.json());
  }
}
