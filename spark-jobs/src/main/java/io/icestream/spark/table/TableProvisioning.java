/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import io.icestream.model.PartitionTransform;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.TableSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Makes sure that a table is there and has the columns that will be written. */
public final class TableProvisioning {
  private final SparkSession spark;

  /**
   * @param spark its default catalog gets the tables
   */
  public TableProvisioning(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Creates the table if it is absent.
   *
   * @throws PipelineFailure if it is there and lacks a column, has one of another type, or requires
   *     one that is not written
   */
  public void provide(TableSpec spec) {
    if (spark.catalog().tableExists(spec.table())) {
      compare(spec, spark.table(spec.table()).schema());
    } else {
      int dot = spec.table().lastIndexOf('.');
      spark.sql("CREATE NAMESPACE IF NOT EXISTS " + quoted(spec.table().substring(0, dot)));
      spark.sql(createStatement(spec));
    }
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

  private static void compare(TableSpec spec, StructType present) {
    List<String> differences = new ArrayList<>();
    for (StructField wanted : spec.schema().fields()) {
      int at = Arrays.asList(present.fieldNames()).indexOf(wanted.name());
      if (at < 0) {
        differences.add("it has no column '" + wanted.name() + "'");
      } else if (!present
          .fields()[at]
          .dataType()
          .asNullable()
          .sameType(wanted.dataType().asNullable())) {
        differences.add(
            "column '"
                + wanted.name()
                + "' is "
                + present.fields()[at].dataType().simpleString()
                + " and not "
                + wanted.dataType().simpleString());
      }
    }
    List<String> written = Arrays.asList(spec.schema().fieldNames());
    for (StructField field : present.fields()) {
      if (!field.nullable() && !written.contains(field.name())) {
        differences.add("its column '" + field.name() + "' may not be null and is not written");
      }
    }
    if (!differences.isEmpty()) {
      throw new PipelineFailure(
          Kind.CONFIGURATION,
          "Table '"
              + spec.table()
              + "' does not fit the pipeline: "
              + String.join(", ", differences)
              + ". Alter the table, or write to another one.");
    }
  }

  private static String quoted(String table) {
    return Arrays.stream(table.split("\\."))
        .map(TableProvisioning::quote)
        .collect(Collectors.joining("."));
  }

  private static String quote(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
