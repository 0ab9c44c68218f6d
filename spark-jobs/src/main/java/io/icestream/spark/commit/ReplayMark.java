/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Snapshot;

/**
 * What a snapshot says about the replay that made it, in its summary under {@code
 * icestream.<pipeline>.<table>.replay}. It has no offsets, so it is no link in the chain of a
 * driver's markers.
 *
 * @param id the replay
 * @param outcome what it did to the table
 */
record ReplayMark(String id, Outcome outcome) {
  ReplayMark {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(outcome, "outcome");
  }

  /** What a replay did to a table. */
  enum Outcome {
    /** A sink has the replay's rows. */
    DONE,
    /** A sink does not have them and never will: the replay was given up before. */
    VOID,
    /** The quarantine table's rows are being replayed. */
    CLAIMED,
    /** The quarantine table says what became of them. */
    SETTLED
  }

  /** The newest mark that any replay of a pipeline has left in a table. */
  static Optional<ReplayMark> newest(Iterable<Snapshot> ancestry, String pipeline, String table) {
    String key = key(pipeline, table);
    for (Snapshot snapshot : ancestry) {
      if (snapshot.summary().containsKey(key)) {
        return Optional.of(read(snapshot.summary(), key));
      }
    }
    return Optional.empty();
  }

  /** The newest mark that one replay has left in a table. */
  static Optional<ReplayMark> of(
      Iterable<Snapshot> ancestry, String pipeline, String table, String id) {
    String key = key(pipeline, table);
    for (Snapshot snapshot : ancestry) {
      if (id.equals(snapshot.summary().get(key))) {
        return Optional.of(read(snapshot.summary(), key));
      }
    }
    return Optional.empty();
  }

  /** The mark as entries of a snapshot's summary. */
  Map<String, String> summary(String pipeline, String table, String version) {
    String key = key(pipeline, table);
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(key, id);
    summary.put(key + "-outcome", outcome.name());
    summary.put(key + "-version", version);
    return summary;
  }

  /** The mark and an account of the rows as entries of a snapshot's summary. */
  Map<String, String> summary(String pipeline, String table, String version, Ledger ledger) {
    Map<String, String> summary = summary(pipeline, table, version);
    summary.put(key(pipeline, table) + "-ledger", ledger.json());
    return summary;
  }

  private static String key(String pipeline, String table) {
    return "icestream." + pipeline + "." + table + ".replay";
  }

  private static ReplayMark read(Map<String, String> summary, String key) {
    return new ReplayMark(summary.get(key), Outcome.valueOf(summary.get(key + "-outcome")));
  }
}
