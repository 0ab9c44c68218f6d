/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import io.icestream.spark.schema.SchemaChange.Added;
import io.icestream.spark.schema.SchemaChange.Widened;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What sets the columns of a table apart from those that are to be written to it.
 *
 * @param changes what the table has to follow before it can be written, in an order that applies
 * @param contradictions what it cannot follow, as parts of a sentence about the table
 */
public record ColumnDifference(List<SchemaChange> changes, List<String> contradictions) {
  public ColumnDifference {
    changes = List.copyOf(changes);
    contradictions = List.copyOf(contradictions);
  }

  /**
   * Compares columns by name. A column that the table has in a wider type, or that is not written
   * and may be null, is no difference. That a column may not be null is no difference either: it is
   * the owner's rule, which the rows meet or not.
   *
   * @param present the table's columns
   * @param wanted the columns that are to be written
   */
  public static ColumnDifference between(StructType present, StructType wanted) {
    Comparison comparison = new Comparison();
    comparison.structs(present, wanted, ColumnPath.ROOT);
    return new ColumnDifference(
        SchemaChange.inOrder(comparison.changes), comparison.contradictions);
  }

  /** Whether the table can be written as it is. */
  public boolean isNone() {
    return changes.isEmpty() && contradictions.isEmpty();
  }

  /**
   * The same for a table of groups: those that are there lack whatever a new column would have
   * counted, so that it contradicts them.
   */
  public ColumnDifference ofGroups() {
    List<SchemaChange> possible = new ArrayList<>();
    List<String> impossible = new ArrayList<>(contradictions);
    for (SchemaChange change : changes) {
      if (change instanceof Added) {
        impossible.add("its groups were kept without '" + change.path() + "'");
      } else {
        possible.add(change);
      }
    }
    return new ColumnDifference(possible, impossible);
  }

  /** The whole difference in words. */
  public String describe() {
    List<String> parts = new ArrayList<>(contradictions);
    changes.forEach(change -> parts.add(change + " is needed"));
    return String.join(", ", parts);
  }

  private static final class Comparison {
    private final List<SchemaChange> changes = new ArrayList<>();
    private final List<String> contradictions = new ArrayList<>();

    void structs(StructType present, StructType wanted, ColumnPath path) {
      List<String> names = Arrays.asList(present.fieldNames());
      for (StructField field : wanted.fields()) {
        ColumnPath to = path.to(field.name());
        int at = names.indexOf(field.name());
        if (at < 0) {
          changes.add(new Added(to, field.dataType()));
        } else {
          types(present.fields()[at].dataType(), field.dataType(), to);
        }
      }
      List<String> written = Arrays.asList(wanted.fieldNames());
      for (StructField field : present.fields()) {
        if (!field.nullable() && !written.contains(field.name())) {
          contradictions.add(
              "its column '" + path.to(field.name()) + "' may not be null and is not written");
        }
      }
    }

    private void types(DataType present, DataType wanted, ColumnPath path) {
      if (present instanceof StructType a && wanted instanceof StructType b) {
        structs(a, b, path);
      } else if (present instanceof ArrayType a && wanted instanceof ArrayType b) {
        types(a.elementType(), b.elementType(), path.to(ColumnPath.ITEM));
      } else if (present instanceof MapType a && wanted instanceof MapType b) {
        types(a.valueType(), b.valueType(), path.to(ColumnPath.VALUE));
      } else if (Widening.isPromotion(present, wanted)) {
        changes.add(new Widened(path, wanted));
      } else if (!present.equals(wanted) && !Widening.isPromotion(wanted, present)) {
        contradictions.add(
            "column '"
                + path
                + "' is "
                + present.simpleString()
                + " and not "
                + wanted.simpleString());
      }
    }
  }
}
