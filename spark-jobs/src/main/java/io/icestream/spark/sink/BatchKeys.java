/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.spark.commit.KeyBound;
import io.icestream.spark.kept.KeptRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** What is known of a batch's changes before they are put together with what the tables have. */
final class BatchKeys implements Serializable {
  /** Up to so many values of a key column are looked for one by one. */
  private static final int FEW = 64;

  private static final long serialVersionUID = 1;

  private final List<Values> columns = new ArrayList<>();
  private long rows;
  private boolean tombstones;

  private BatchKeys(StructType data, List<String> key) {
    for (String name : key) {
      DataType type = data.apply(name).dataType();
      columns.add(new Values(name, data.fieldIndex(name), type));
    }
  }

  /**
   * Looks at changes.
   *
   * @param elements in the columns of {@link Element}
   * @param data the columns of a row
   * @param key those of them that identify it
   */
  static BatchKeys of(KeptRows<Long> elements, StructType data, List<String> key) {
    return elements.internal().mapPartitions(new Looking(data, key)).collect().stream()
        .reduce(new BatchKeys(data, key), BatchKeys::and);
  }

  long rows() {
    return rows;
  }

  boolean hasTombstones() {
    return tombstones;
  }

  /** What the keys are within. */
  List<KeyBound> bounds() {
    return rows == 0
        ? List.of()
        : columns.stream().filter(Values::isBounded).map(Values::bound).toList();
  }

  /** Whether the keys are so few that the bounds let hardly any other through. */
  boolean areFew() {
    return columns.stream().allMatch(c -> c.isBounded() && c.few != null);
  }

  private void add(InternalRow element, int width) {
    rows++;
    tombstones |= element.getInt(3) == Element.TOMBSTONE;
    InternalRow data = element.getStruct(0, width);
    columns.forEach(column -> column.add(data));
  }

  private BatchKeys and(BatchKeys other) {
    if (other.rows > 0) {
      for (int i = 0; i < columns.size(); i++) {
        columns.get(i).add(other.columns.get(i));
      }
    }
    rows += other.rows;
    tombstones |= other.tombstones;
    return this;
  }

  /** The values of a key column. */
  private static final class Values implements Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final int at;
    private final DataType type;
    private Comparable<Object> low;
    private Comparable<Object> high;

    /** Null if there are too many. */
    private HashSet<Object> few = new HashSet<>();

    Values(String name, int at, DataType type) {
      this.name = name;
      this.at = at;
      this.type = type;
    }

    boolean isBounded() {
      return KeyBound.isFor(type);
    }

    KeyBound bound() {
      return few == null ? KeyBound.between(name, type, low, high) : KeyBound.in(name, type, few);
    }

    void add(InternalRow data) {
      if (isBounded()) {
        Object value = data.get(at, type);
        include(value);
        addAll(Set.of(value));
      }
    }

    void add(Values other) {
      if (isBounded()) {
        include(other.low);
        include(other.high);
        addAll(other.few);
      }
    }

    @SuppressWarnings("unchecked")
    private void include(Object value) {
      Comparable<Object> found = (Comparable<Object>) value;
      low = low == null || found.compareTo(low) < 0 ? found : low;
      high = high == null || found.compareTo(high) > 0 ? found : high;
    }

    private void addAll(Set<Object> values) {
      if (few != null && values != null) {
        few.addAll(values);
      }
      if (values == null || (few != null && few.size() > FEW)) {
        few = null;
      }
    }
  }

  /** Looks at the elements of a partition. */
  private static final class Looking implements FlatMapFunction<Iterator<InternalRow>, BatchKeys> {
    private static final long serialVersionUID = 1;

    private final StructType data;
    private final ArrayList<String> key;

    Looking(StructType data, List<String> key) {
      this.data = data;
      this.key = new ArrayList<>(key);
    }

    @Override
    public Iterator<BatchKeys> call(Iterator<InternalRow> elements) {
      BatchKeys keys = new BatchKeys(data, key);
      while (elements.hasNext()) {
        keys.add(elements.next(), data.size());
      }
      return List.of(keys).iterator();
    }
  }
}
