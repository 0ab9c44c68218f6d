/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import io.icestream.spark.plan.TableSpec;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Properties of a table of Icestream's own, whose owner has no say in them. */
public final class TableProperties {
  private TableProperties() {}

  /**
   * Sets the properties that differ from the wanted ones, as they do in a table that an earlier
   * version has made. A table that does not exist is left to {@link TableProvisioning}.
   */
  public static void ensure(SparkSession spark, TableSpec spec) {
    if (!spark.catalog().tableExists(spec.table())) {
      return;
    }
    String table = TableProvisioning.quoted(spec.table());
    Map<String, String> present =
        spark.sql("SHOW TBLPROPERTIES " + table).collectAsList().stream()
            .collect(Collectors.toMap((Row row) -> row.getString(0), row -> row.getString(1)));
    String differing =
        spec.properties().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(present.get(entry.getKey())))
            .map(entry -> "'" + entry.getKey() + "'='" + entry.getValue() + "'")
            .sorted()
            .collect(Collectors.joining(", "));
    if (!differing.isEmpty()) {
      spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES (" + differing + ")");
    }
  }
}
