/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import io.icestream.spark.schema.SchemaChange.Added;
import io.icestream.spark.schema.SchemaChange.Widened;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;

/**
 * What the payloads of a batch had that the columns of their source have no place for. Does not
 * depend on the order in which it was put together.
 *
 * @param seen changes by kind and path
 * @param ignored how many fields were left out, by path
 */
public record SchemaDrift(SortedMap<String, Seen> seen, SortedMap<String, Long> ignored)
    implements Serializable {
  /** Everything had its place. */
  public static final SchemaDrift NONE =
      new SchemaDrift(Collections.emptySortedMap(), Collections.emptySortedMap());

  /**
   * A change and where it was first seen.
   *
   * @param change the change
   * @param partition Kafka partition
   * @param offset Kafka offset
   */
  public record Seen(SchemaChange change, int partition, long offset) implements Serializable {

    /** Both; where they contradict each other, the one that was seen first. */
    public Seen and(Seen other) {
      boolean before =
          partition < other.partition || (partition == other.partition && offset <= other.offset);
      Seen first = before ? this : other;
      Seen second = before ? other : this;
      return new Seen(both(first.change, second.change), first.partition, first.offset);
    }

    private static SchemaChange both(SchemaChange first, SchemaChange second) {
      if (first instanceof Added a && second instanceof Added b) {
        DataType type = CommonType.of(a.type(), b.type()).orElse(a.type());
        return new Added(a.path(), type);
      }
      if (first instanceof Widened a && second instanceof Widened b) {
        return new Widened(a.path(), Widening.both(a.type(), b.type()).orElse(a.type()));
      }
      return first;
    }
  }

  public SchemaDrift {
    seen = Collections.unmodifiableSortedMap(new TreeMap<>(seen));
    ignored = Collections.unmodifiableSortedMap(new TreeMap<>(ignored));
  }

  /** The changes that the payloads ask for, in an order that applies. */
  public List<SchemaChange> changes() {
    return SchemaChange.inOrder(seen.values().stream().map(Seen::change).toList());
  }

  /** What {@link #seen} knows a change by. */
  public static String key(SchemaChange change) {
    return change.path() + " " + change.getClass().getSimpleName();
  }

  /** Both together. */
  public SchemaDrift and(SchemaDrift other) {
    SortedMap<String, Seen> all = new TreeMap<>(seen);
    other.seen.forEach((key, change) -> all.merge(key, change, Seen::and));
    SortedMap<String, Long> counts = new TreeMap<>(ignored);
    other.ignored.forEach((path, count) -> counts.merge(path, count, Long::sum));
    return new SchemaDrift(all, counts);
  }
}
