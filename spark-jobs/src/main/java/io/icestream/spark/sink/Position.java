/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Where a change stands among those of its key: by the declared order, then by its place in Kafka.
 * Compares as Spark sorts: a null is the oldest.
 *
 * @param order values of the declared order; null if there is none, or none for this change
 * @param partition partition in Kafka
 * @param offset offset in the partition
 * @param line line of the record; -1 where it is not divided
 */
record Position(Row order, int partition, long offset, int line)
    implements Comparable<Position>, Serializable {

  /** From the columns that {@link Elements} has. */
  static Position of(Row order, Row kafka) {
    return new Position(
        order, kafka.getInt(1), kafka.getLong(2), kafka.isNullAt(4) ? -1 : kafka.getInt(4));
  }

  /** Whether both have a declared order, and the same. */
  boolean isAlongside(Position other) {
    return order != null && other.order != null && compare(order, other.order) == 0;
  }

  /** Whether nobody can have seen the one without the other. */
  boolean isSameChangeAs(Position other) {
    return isAlongside(other) || compareTo(other) == 0;
  }

  @Override
  public int compareTo(Position other) {
    int result = compare(order, other.order);
    if (result == 0) {
      result = Integer.compare(partition, other.partition);
    }
    if (result == 0) {
      result = Long.compare(offset, other.offset);
    }
    return result == 0 ? Integer.compare(line, other.line) : result;
  }

  private static int compare(Row a, Row b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    for (int i = 0; i < a.size(); i++) {
      int result = compareValues(a.get(i), b.get(i));
      if (result != 0) {
        return result;
      }
    }
    return 0;
  }

  @SuppressWarnings("unchecked")
  private static int compareValues(Object a, Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (a instanceof String text) {
      return Arrays.compareUnsigned(text.getBytes(UTF_8), ((String) b).getBytes(UTF_8));
    }
    return ((Comparable<Object>) a).compareTo(b);
  }

  /** The newer of two; an absent one is older than any. */
  static boolean isNewer(Optional<Position> a, Optional<Position> b) {
    return a.isPresent() && (b.isEmpty() || a.get().compareTo(b.get()) > 0);
  }
}
