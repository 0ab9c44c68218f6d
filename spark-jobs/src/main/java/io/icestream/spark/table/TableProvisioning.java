/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import io.icestream.model.PartitionTransform;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.TableSpec;
import io.icestream.spark.schema.ColumnDifference;
import io.icestream.spark.schema.ColumnPath;
import io.icestream.spark.schema.SchemaChange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes sure that a table is there and has the columns that will be written. */
public final class TableProvisioning {
  private static final Logger LOG = LoggerFactory.getLogger(TableProvisioning.class);

  private final SparkSession spark;

  /**
   * @param spark its default catalog gets the tables
   */
  public TableProvisioning(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Creates the table if it is absent, and gives it the columns that it lacks.
   *
   * @throws PipelineFailure if it has a column of a type that cannot become the wanted one, or
   *     requires one that is not written
   */
  public void provide(TableSpec spec) {
    if (spark.catalog().tableExists(spec.table())) {
      follow(spec, difference(spec));
    } else {
      int dot = spec.table().lastIndexOf('.');
      spark.sql("CREATE NAMESPACE IF NOT EXISTS " + quoted(spec.table().substring(0, dot)));
      spark.sql(createStatement(spec));
      LOG.info("Table {} created", spec.table());
    }
  }

  /** What speaks against writing to a table, as parts of a sentence about it; empty: nothing. */
  public List<String> contradictions(TableSpec spec) {
    return spark.catalog().tableExists(spec.table())
        ? difference(spec).contradictions()
        : List.of();
  }

  private ColumnDifference difference(TableSpec spec) {
    ColumnDifference difference =
        ColumnDifference.between(spark.table(spec.table()).schema(), spec.schema());
    return spec.aggregate() && !spark.table(spec.table()).isEmpty()
        ? difference.ofGroups()
        : difference;
  }

  private void follow(TableSpec spec, ColumnDifference difference) {
    if (!difference.contradictions().isEmpty()) {
      throw new PipelineFailure(
          Kind.CONFIGURATION,
          "Table '"
              + spec.table()
              + "' does not fit the pipeline: "
              + String.join(", ", difference.contradictions())
              + ". Alter the table, or write to another one.");
    }
    for (SchemaChange change : difference.changes()) {
      spark.sql(alterStatement(spec.table(), change));
      LOG.info("Table {}: {}", spec.table(), change);
    }
  }

  static String alterStatement(String table, SchemaChange change) {
    String alter = "ALTER TABLE " + quoted(table);
    String column =
        change.path().names().stream()
            .map(TableProvisioning::part)
            .collect(Collectors.joining("."));
    if (change instanceof SchemaChange.Added added) {
      return alter + " ADD COLUMN " + column + " " + added.type().sql();
    } else if (change instanceof SchemaChange.Widened widened) {
      return alter + " ALTER COLUMN " + column + " TYPE " + widened.type().sql();
    }
    return alter + " ALTER COLUMN " + column + " DROP NOT NULL";
  }

  /** Spark's names for the parts of arrays and maps in ALTER TABLE. */
  private static String part(String name) {
    return switch (name) {
      case ColumnPath.ITEM -> "element";
      case ColumnPath.VALUE -> "value";
      default -> quote(name);
    };
  }

  static String createStatement(TableSpec spec) {
    String columns =
        Arrays.stream(spec.schema().fields())
            .map(f -> quote(f.name()) + " " + f.dataType().sql())
            .collect(Collectors.joining(", "));
    String partitions =
        spec.partitionBy().isEmpty()
            ? ""
            : spec.partitionBy().stream()
                .map(PartitionTransform::toString)
                .collect(Collectors.joining(", ", " PARTITIONED BY (", ")"));
    Map<String, String> properties = new TreeMap<>(TableSpec.DEFAULT_PROPERTIES);
    properties.putAll(spec.properties());
    return "CREATE TABLE "
        + quoted(spec.table())
        + " ("
        + columns
        + ") USING iceberg"
        + partitions
        + properties.entrySet().stream()
            .map(e -> "'" + e.getKey() + "'='" + e.getValue() + "'")
            .collect(Collectors.joining(", ", " TBLPROPERTIES (", ")"));
  }

  static String quoted(String table) {
    return Arrays.stream(table.split("\\."))
        .map(TableProvisioning::quote)
        .collect(Collectors.joining("."));
  }

  private static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
