/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * A row as it is after an element: its values, each with the position of the change that said it,
 * since a change may leave columns out. Or that there is no row.
 */
final class Version {
  private final Element element;
  private final StructType columns;
  private final boolean present;
  private final Object[] values;
  private final Map<String, Optional<Position>> from = new HashMap<>();
  private boolean filled;

  private Version(Element element, StructType columns, boolean present) {
    this.element = element;
    this.columns = columns;
    this.present = present;
    this.values = new Object[columns.size()];
    this.from.putAll(element.unknown());
  }

  /**
   * After an element with a row.
   *
   * @param element an upsert or a stored row
   * @param columns the columns of the row
   * @param before the version before; null if none is known
   */
  static Version of(Element element, StructType columns, Version before) {
    Version version = new Version(element, columns, true);
    for (int i = 0; i < version.values.length; i++) {
      version.values[i] = element.data().get(i);
    }
    version.fillFrom(before);
    return version;
  }

  /** After a deletion that leaves nothing. */
  static Version gone(Element element, StructType columns) {
    return new Version(element, columns, false);
  }

  /**
   * After a deletion that leaves the row as it was.
   *
   * @param element the deletion, whose data has the key
   * @param key the columns of the key
   * @param before the version before; null if none is known
   */
  static Version marked(Element element, StructType columns, List<String> key, Version before) {
    Version version = new Version(element, columns, true);
    for (int i = 0; i < version.values.length; i++) {
      String name = columns.fields()[i].name();
      if (key.contains(name)) {
        version.values[i] = element.data().get(i);
      } else {
        version.from.put(name, Optional.empty());
      }
    }
    version.fillFrom(before);
    return version;
  }

  private void fillFrom(Version before) {
    if (before == null) {
      return;
    }
    for (Map.Entry<String, Optional<Position>> entry : from.entrySet()) {
      Optional<Position> earlier = before.from(entry.getKey());
      if (Position.isNewer(earlier, entry.getValue())) {
        int column = columns.fieldIndex(entry.getKey());
        filled |= !Objects.deepEquals(values[column], before.values[column]);
        filled |= !earlier.equals(entry.getValue());
        values[column] = before.values[column];
        entry.setValue(earlier);
      }
    }
  }

  /** The position of the change that said a column. */
  private Optional<Position> from(String column) {
    return from.getOrDefault(column, Optional.of(element.position()));
  }

  Element element() {
    return element;
  }

  boolean isPresent() {
    return present;
  }

  /** Whether it is marked as deleted. */
  boolean isMarked() {
    return present && (element.isDeletion() || element.isDead());
  }

  /** Whether its table has it as ended at a time. */
  boolean isKnownToEndAt(Timestamp time) {
    return element.kind() == Element.STORED && time.equals(element.ended());
  }

  /** Whether values of it have come from elements before it that its table did not know. */
  boolean isFilled() {
    return filled;
  }

  /** Whether an upsert at the same place in the declared order says nothing new. */
  boolean isRepeatedBy(Element upsert) {
    if (!present || isMarked() || !upsert.position().isAlongside(element.position())) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      boolean told = !upsert.unknown().containsKey(columns.fields()[i].name());
      if (told && !Objects.deepEquals(values[i], upsert.data().get(i))) {
        return false;
      }
    }
    return true;
  }

  Row data() {
    return RowFactory.create(values);
  }

  /** The columns that the change left out, in the form that tables have; null if there are none. */
  List<Row> filledColumns(StructType order) {
    List<Row> rows = new ArrayList<>();
    for (String name : columns.fieldNames()) {
      if (from.containsKey(name)) {
        rows.add(row(name, from.get(name), order.size() > 0));
      }
    }
    return rows.isEmpty() ? null : rows;
  }

  private static Row row(String name, Optional<Position> at, boolean ordered) {
    List<Object> fields = new ArrayList<>();
    fields.add(name);
    if (ordered) {
      fields.add(at.map(Position::order).orElse(null));
    }
    fields.add(at.map(Position::partition).orElse(null));
    fields.add(at.map(Position::offset).orElse(null));
    fields.add(at.map(Position::line).orElse(null));
    return RowFactory.create(fields.toArray());
  }
}
