/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Snapshot;

/**
 * What a snapshot says about the replay that made it, in its summary under {@code
 * icestream.<pipeline>.<table>.replay}. It has no offsets, so it is no link in the chain of a
 * driver's markers. The newest marks are in the table property {@code
 * icestream.<pipeline>.<table>.replays} as well, where no expiry of snapshots reaches them.
 *
 * @param id the replay
 * @param outcome what it did to the table
 */
record ReplayMark(@JsonProperty("id") String id, @JsonProperty("outcome") Outcome outcome) {
  /** How many marks outlive their snapshots: more than replays can be under way at once. */
  private static final int MOST_KEPT = 16;

  private static final ObjectMapper JSON = new ObjectMapper();

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
  static Optional<ReplayMark> newest(TableHistory history, String pipeline, String table) {
    String key = key(pipeline, table);
    for (Snapshot snapshot : history.ancestry()) {
      if (snapshot.summary().containsKey(key)) {
        return Optional.of(read(snapshot.summary(), key));
      }
    }
    return kept(history.properties(), key).stream().findFirst();
  }

  /** The newest mark that one replay has left in a table. */
  static Optional<ReplayMark> of(TableHistory history, String pipeline, String table, String id) {
    String key = key(pipeline, table);
    for (Snapshot snapshot : history.ancestry()) {
      if (id.equals(snapshot.summary().get(key))) {
        return Optional.of(read(snapshot.summary(), key));
      }
    }
    return kept(history.properties(), key).stream()
        .filter(mark -> mark.id().equals(id))
        .findFirst();
  }

  /** The mark as a commit leaves it. */
  Stamp stamp(String pipeline, String table, String version) {
    return stamp(pipeline, table, summary(pipeline, table, version));
  }

  /** The mark and an account of the rows as a commit leaves them. */
  Stamp stamp(String pipeline, String table, String version, Ledger ledger) {
    Map<String, String> summary = summary(pipeline, table, version);
    summary.put(key(pipeline, table) + "-ledger", ledger.json());
    return stamp(pipeline, table, summary);
  }

  private Stamp stamp(String pipeline, String table, Map<String, String> summary) {
    String key = key(pipeline, table);
    return new Stamp() {
      @Override
      public Map<String, String> summary() {
        return summary;
      }

      @Override
      public Map<String, String> properties(Snapshot made, Map<String, String> present) {
        List<ReplayMark> marks = new ArrayList<>(List.of(ReplayMark.this));
        marks.addAll(kept(present, key));
        return Map.of(key + "s", write(marks.subList(0, Math.min(marks.size(), MOST_KEPT))));
      }
    };
  }

  private Map<String, String> summary(String pipeline, String table, String version) {
    String key = key(pipeline, table);
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(key, id);
    summary.put(key + "-outcome", outcome.name());
    summary.put(key + "-version", version);
    return summary;
  }

  /** The marks in a table's properties, newest first. */
  private static List<ReplayMark> kept(Map<String, String> properties, String key) {
    try {
      return JSON.readValue(
          properties.getOrDefault(key + "s", "[]"), new TypeReference<List<ReplayMark>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The table property " + key + "s cannot be read", e);
    }
  }

  private static String write(List<ReplayMark> marks) {
    try {
      return JSON.writeValueAsString(marks);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(String pipeline, String table) {
    return "icestream." + pipeline + "." + table + ".replay";
  }

  private static ReplayMark read(Map<String, String> summary, String key) {
    return new ReplayMark(summary.get(key), Outcome.valueOf(summary.get(key + "-outcome")));
  }
}
