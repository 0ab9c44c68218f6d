/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * What each data snapshot says about the batch that made it, in the snapshot's summary under {@code
 * icestream.<pipeline>.<sink>.}. The newest is in the table property {@code
 * icestream.<pipeline>.<sink>.marker} as well, where no expiry of snapshots reaches it.
 *
 * @param from where the batch started
 * @param to where it ended
 * @param batch its number in the checkpoint; for people, never compared
 * @param version version of the code that committed it
 * @param ledger what became of its rows
 * @param timesBefore newest event times before the batch
 * @param timesAfter newest event times after it
 * @param lookups snapshots of the lookup tables that it was joined with
 * @param unmet the expectations that were not met, as {@link Provenance} has them; the summary has
 *     no entry if there are none
 * @param origin where the commit comes from; {@link Origin#UNKNOWN} if an earlier version made it
 * @param gap how many offsets of the batch are lost for good, because Kafka no longer has them; the
 *     summary has no entry if it is 0
 */
public record Marker(
    TopicOffsets from,
    TopicOffsets to,
    long batch,
    String version,
    Ledger ledger,
    EventTimes timesBefore,
    EventTimes timesAfter,
    Map<String, Long> lookups,
    Map<String, Long> unmet,
    Origin origin,
    long gap) {
  // A later version may have written it, before somebody went back to this one
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * The newest marker of a sink, whether or not its snapshot has expired.
   *
   * @throws PipelineFailure if the table has been rolled back to before it
   */
  public static Optional<Marker> newest(Table table, String pipeline, String sink) {
    return newest(TableHistory.of(table), pipeline, sink);
  }

  /**
   * The newest marker of a sink in one state of a table. Where the table's property is newer than
   * all snapshots that are left, these tell why: if the line of snapshots goes back to before the
   * property, the snapshot was taken out of the line; if it ends earlier, the snapshot may have
   * expired.
   *
   * @throws PipelineFailure if the table has been rolled back to before its newest marker
   */
  static Optional<Marker> newest(TableHistory history, String pipeline, String sink) {
    String prefix = prefix(pipeline, sink);
    Optional<KeptStamp> kept = kept(history, pipeline, sink);
    Snapshot oldest = null;
    for (Snapshot snapshot : history.ancestry()) {
      if (kept.isPresent() && kept.get().isAfter(snapshot)) {
        throw new RolledBack(sink, prefix + "marker", kept.get()).failure();
      }
      if (snapshot.summary().containsKey(prefix + "to")) {
        return Optional.of(read(snapshot.summary(), prefix));
      }
      oldest = snapshot;
    }
    if (kept.isPresent() && (oldest == null || oldest.parentId() == null)) {
      throw new RolledBack(sink, prefix + "marker", kept.get()).failure();
    }
    return kept.map(stamp -> read(stamp.entries(), ""));
  }

  /** The marker that the table's properties keep. */
  static Optional<KeptStamp> kept(TableHistory history, String pipeline, String sink) {
    return KeptStamp.read(history.properties(), prefix(pipeline, sink) + "marker");
  }

  /** The marker that a snapshot carries itself. */
  static Optional<Marker> in(Snapshot snapshot, String pipeline, String sink) {
    String prefix = prefix(pipeline, sink);
    return snapshot.summary().containsKey(prefix + "to")
        ? Optional.of(read(snapshot.summary(), prefix))
        : Optional.empty();
  }

  /** The marker as entries of a snapshot's summary. */
  Map<String, String> summary(String pipeline, String sink) {
    return entries(prefix(pipeline, sink));
  }

  /** The marker as a commit leaves it. */
  Stamp stamp(String pipeline, String sink) {
    String prefix = prefix(pipeline, sink);
    return new Stamp() {
      @Override
      public Map<String, String> summary() {
        return entries(prefix);
      }

      @Override
      public Map<String, String> properties(Snapshot made, Map<String, String> present) {
        return Map.of(prefix + "marker", KeptStamp.of(made, entries("")).json());
      }
    };
  }

  private Map<String, String> entries(String prefix) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(prefix + "from", write(from));
    entries.put(prefix + "to", write(to));
    entries.put(prefix + "batch", Long.toString(batch));
    entries.put(prefix + "version", version);
    entries.put(prefix + "ledger", write(ledger));
    entries.put(prefix + "event-times-before", write(timesBefore.newest()));
    entries.put(prefix + "event-times-after", write(timesAfter.newest()));
    entries.put(prefix + "lookups", write(lookups));
    if (!unmet.isEmpty()) {
      entries.put(prefix + "expectations", write(unmet));
    }
    if (!origin.equals(Origin.UNKNOWN)) {
      entries.put(prefix + "origin", write(origin));
    }
    if (gap > 0) {
      entries.put(prefix + "gap", Long.toString(gap));
    }
    return entries;
  }

  /** What became of the rows as people read it. */
  String describe() {
    return ledger.describe() + (unmet.isEmpty() ? "" : "; expectations not met: " + unmet);
  }

  /** How the names of a sink's entries and properties begin. */
  static String prefix(String pipeline, String sink) {
    return "icestream." + pipeline + "." + sink + ".";
  }

  private static Marker read(Map<String, String> summary, String prefix) {
    try {
      return new Marker(
          JSON.readValue(summary.get(prefix + "from"), TopicOffsets.class),
          JSON.readValue(summary.get(prefix + "to"), TopicOffsets.class),
          Long.parseLong(summary.get(prefix + "batch")),
          summary.get(prefix + "version"),
          JSON.readValue(summary.get(prefix + "ledger"), Ledger.class),
          times(summary.get(prefix + "event-times-before")),
          times(summary.get(prefix + "event-times-after")),
          JSON.readValue(summary.get(prefix + "lookups"), new TypeReference<>() {}),
          JSON.readValue(
              summary.getOrDefault(prefix + "expectations", "{}"), new TypeReference<>() {}),
          summary.containsKey(prefix + "origin")
              ? JSON.readValue(summary.get(prefix + "origin"), Origin.class)
              : Origin.UNKNOWN,
          Long.parseLong(summary.getOrDefault(prefix + "gap", "0")));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The marker " + prefix + " cannot be read", e);
    }
  }

  private static EventTimes times(String json) throws JsonProcessingException {
    return new EventTimes(JSON.readValue(json, new TypeReference<SortedMap<Integer, Long>>() {}));
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
