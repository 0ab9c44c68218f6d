/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * What is known of a key column's values in a batch. Rows of a table outside of it have none of the
 * batch's keys. Iceberg leaves files out by it, and partitions that derive from the column: all of
 * them by a range, but a bucket by single values alone.
 *
 * @param column the column, quoted
 * @param predicate what comes behind it in SQL
 */
public record KeyBound(String column, String predicate) {
  public KeyBound {
    Objects.requireNonNull(column, "column");
    Objects.requireNonNull(predicate, "predicate");
  }

  /** Whether values of a type can be bounded: what has one order in Spark, Iceberg and Parquet. */
  public static boolean isFor(DataType type) {
    return type.equals(DataTypes.ByteType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.LongType)
        || type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.StringType)
        || type instanceof DecimalType;
  }

  /**
   * Values from one to another, both included.
   *
   * @param low as Spark has it inside; not null
   * @param high as Spark has it inside; not null
   */
  public static KeyBound between(String column, DataType type, Object low, Object high) {
    return new KeyBound(
        quote(column), "BETWEEN " + literal(low, type) + " AND " + literal(high, type));
  }

  /**
   * Some values.
   *
   * @param values at least one, as Spark has them inside; none of them null
   */
  public static KeyBound in(String column, DataType type, Collection<?> values) {
    return new KeyBound(
        quote(column),
        values.stream()
            .map(value -> literal(value, type))
            .sorted()
            .collect(Collectors.joining(", ", "IN (", ")")));
  }

  /** The bound as a predicate of SQL. */
  public String sql() {
    return column + " " + predicate;
  }

  static String quote(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private static String literal(Object value, DataType type) {
    return new Literal(value, type).sql();
  }
}
