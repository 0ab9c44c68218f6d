/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.spark.schema.SchemaChange;
import io.icestream.spark.schema.SchemaDrift;
import io.icestream.spark.schema.SchemaDrift.Seen;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * Collects the {@link SchemaDrift} of a batch from its tasks. A task that runs twice may report a
 * change twice, which changes nothing.
 *
 * <p>Bounded: a producer that makes up a new field name for each record cannot fill the memory.
 */
final class DriftLog extends AccumulatorV2<SchemaDrift, SchemaDrift> {
  private static final int MOST_CHANGES = 1_000;
  private static final int MOST_IGNORED_PATHS = 100;
  private static final int LONGEST_PATH = 1_000;

  /** Counts the ignored fields beyond {@link #MOST_IGNORED_PATHS}. */
  private static final String OTHERS = "(others)";

  private final TreeMap<String, Seen> seen = new TreeMap<>();
  private final TreeMap<String, Long> ignored = new TreeMap<>();
  private int partition;
  private long offset;

  /** Says which record is decoded now. */
  void at(int newPartition, long newOffset) {
    partition = newPartition;
    offset = newOffset;
  }

  /** Notes a change that the record asks for. */
  void note(SchemaChange change) {
    note(SchemaDrift.key(change), new Seen(change, partition, offset));
  }

  /** Counts a field that was left out. */
  void ignore(String path) {
    boolean known =
        path.length() <= LONGEST_PATH
            && (ignored.size() < MOST_IGNORED_PATHS || ignored.containsKey(path));
    ignored.merge(known ? path : OTHERS, 1L, Long::sum);
  }

  @Override
  public boolean isZero() {
    return seen.isEmpty() && ignored.isEmpty();
  }

  @Override
  public DriftLog copy() {
    DriftLog copy = new DriftLog();
    copy.add(value());
    return copy;
  }

  @Override
  public void reset() {
    seen.clear();
    ignored.clear();
  }

  @Override
  public void add(SchemaDrift more) {
    more.seen().forEach(this::note);
    more.ignored().forEach((path, count) -> ignored.merge(path, count, Long::sum));
  }

  @Override
  public void merge(AccumulatorV2<SchemaDrift, SchemaDrift> other) {
    add(other.value());
  }

  @Override
  public SchemaDrift value() {
    return new SchemaDrift(seen, ignored);
  }

  private void note(String key, Seen change) {
    boolean hasRoom = seen.size() < MOST_CHANGES && key.length() <= LONGEST_PATH;
    if (hasRoom || seen.containsKey(key)) {
      seen.merge(key, change, Seen::and);
    }
  }
}
