/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import io.icestream.spark.plan.TableSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Brings a table of Icestream's own, made by an earlier version, up to what is written today. */
public final class AddedColumns {
  private AddedColumns() {}

  /**
   * Adds the columns that a table lacks, where old rows will have null, and sets the properties
   * that differ. A table that does not exist is left to {@link TableProvisioning}.
   */
  public static void ensure(SparkSession spark, TableSpec spec) {
    if (!spark.catalog().tableExists(spec.table())) {
      return;
    }
    List<String> present = Arrays.asList(spark.table(spec.table()).columns());
    String absent =
        Arrays.stream(spec.schema().fields())
            .filter(field -> !present.contains(field.name()))
            .map(field -> "`" + field.name() + "` " + field.dataType().sql())
            .collect(Collectors.joining(", "));
    if (!absent.isEmpty()) {
      spark.sql("ALTER TABLE " + spec.table() + " ADD COLUMNS (" + absent + ")");
    }
    Map<String, String> properties = properties(spark, spec.table());
    String differing =
        spec.properties().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(properties.get(entry.getKey())))
            .map(entry -> "'" + entry.getKey() + "'='" + entry.getValue() + "'")
            .sorted()
            .collect(Collectors.joining(", "));
    if (!differing.isEmpty()) {
      spark.sql("ALTER TABLE " + spec.table() + " SET TBLPROPERTIES (" + differing + ")");
    }
  }

  private static Map<String, String> properties(SparkSession spark, String table) {
    List<Row> rows = spark.sql("SHOW TBLPROPERTIES " + table).collectAsList();
    return rows.stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1)));
  }
}
