/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.LookupDefinition;
import io.icestream.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Lookups as views, for the checks that come before any batch. */
public final class LookupViews {
  private LookupViews() {}

  /**
   * Makes a view of each lookup table.
   *
   * @param spark its default catalog has the tables
   * @param lookups lookups by the name that SQL uses
   * @param problems takes the tables that are not there
   */
  public static void ofTables(
      SparkSession spark, Map<String, LookupDefinition> lookups, List<Problem> problems) {
    lookups.forEach(
        (name, lookup) -> {
          if (spark.catalog().tableExists(lookup.table())) {
            spark.table(lookup.table()).createOrReplaceTempView(name);
          } else {
            problems.add(
                new Problem(
                    lookup.location(),
                    "Lookup table '"
                        + lookup.table()
                        + "' does not exist in the catalog. Create"
                        + " it, or correct 'table'."));
          }
        });
  }

  /**
   * Makes an empty view of each lookup that says what its columns are.
   *
   * @param spark gets the views; needs no catalog
   * @param lookups lookups by the name that SQL uses
   * @param problems takes the columns whose type is none
   */
  public static void ofColumns(
      SparkSession spark, Map<String, LookupDefinition> lookups, List<Problem> problems) {
    lookups.forEach(
        (name, lookup) -> {
          if (!lookup.columns().isEmpty()) {
            columns(name, lookup, problems)
                .ifPresent(
                    columns ->
                        spark.createDataFrame(List.of(), columns).createOrReplaceTempView(name));
          }
        });
  }

  /**
   * The columns that the pipeline file gives a lookup.
   *
   * @param name the name that SQL uses, for messages
   * @param lookup the lookup
   * @param problems takes the columns whose type is none
   * @return the columns, all of which may be null; empty if one of them is wrong
   */
  public static Optional<StructType> columns(
      String name, LookupDefinition lookup, List<Problem> problems) {
    StructType columns = new StructType();
    int before = problems.size();
    for (Map.Entry<String, String> column : lookup.columns().entrySet()) {
      Optional<DataType> type = type(column.getValue());
      if (type.isPresent()) {
        columns = columns.add(column.getKey(), type.get());
      } else {
        problems.add(
            new Problem(
                lookup.location(),
                "Column '"
                    + column.getKey()
                    + "' of lookup '"
                    + name
                    + "' is '"
                    + column.getValue()
                    + "', which is no type. Use a type of SQL such as string, int, bigint, double,"
                    + " boolean, date, timestamp or decimal(10,2)."));
      }
    }
    return problems.size() == before ? Optional.of(columns) : Optional.empty();
  }

  private static Optional<DataType> type(String text) {
    return SqlErrors.attempt(
        () -> CatalystSqlParser$.MODULE$.parseDataType(text), new SqlProblems(text));
  }
}
