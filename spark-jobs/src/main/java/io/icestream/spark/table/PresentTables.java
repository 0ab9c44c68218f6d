/* SPDX-License-Identifier: MIT */
package io.icestream.spark.table;

import io.icestream.spark.plan.PresentState;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.IdentityTransform;
import org.apache.spark.sql.connector.expressions.Transform;

/** Tables as they are. */
public final class PresentTables {
  private final SparkSession spark;

  /**
   * @param spark its default catalog has the tables
   */
  public PresentTables(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Looks at a table.
   *
   * @param name namespace and name, joined by a dot
   * @return the table; empty if there is none
   */
  public Optional<PresentState.Table> read(String name) {
    if (!spark.catalog().tableExists(name)) {
      return Optional.empty();
    }
    String[] parts = name.split("\\.");
    TableCatalog catalog = (TableCatalog) spark.sessionState().catalogManager().currentCatalog();
    Table table = load(catalog, Identifier.of(Arrays.copyOf(parts, parts.length - 1), last(parts)));
    return Optional.of(
        new PresentState.Table(
            spark.table(name).schema(),
            Arrays.stream(table.partitioning()).map(PresentTables::text).toList(),
            table.properties()));
  }

  private static Table load(TableCatalog catalog, Identifier identifier) {
    try {
      return catalog.loadTable(identifier);
    } catch (Exception e) {
      // Scala does not declare what the catalog throws: it has gone since it was looked for
      throw new IllegalStateException("Table " + identifier + " cannot be loaded", e);
    }
  }

  /** As a pipeline file writes it. */
  private static String text(Transform transform) {
    if (transform instanceof IdentityTransform) {
      return transform.references()[0].describe();
    }
    return Arrays.stream(transform.arguments())
        .map(Expression::describe)
        .collect(Collectors.joining(", ", transform.name() + "(", ")"));
  }

  private static String last(String[] parts) {
    return parts[parts.length - 1];
  }
}
