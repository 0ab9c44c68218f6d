/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.spark.decode.EventTimes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.iceberg.Snapshot;

/**
 * What each data snapshot says about the batch that made it, in the snapshot's summary under {@code
 * icestream.<pipeline>.<sink>.}.
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
    Map<String, Long> unmet) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The newest marker of a sink in a line of snapshots, newest first. */
  public static Optional<Marker> newest(Iterable<Snapshot> ancestry, String pipeline, String sink) {
    String prefix = prefix(pipeline, sink);
    for (Snapshot snapshot : ancestry) {
      if (snapshot.summary().containsKey(prefix + "to")) {
        return Optional.of(read(snapshot.summary(), prefix));
      }
    }
    return Optional.empty();
  }

  /** The marker as entries of a snapshot's summary. */
  Map<String, String> summary(String pipeline, String sink) {
    String prefix = prefix(pipeline, sink);
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(prefix + "from", write(from));
    summary.put(prefix + "to", write(to));
    summary.put(prefix + "batch", Long.toString(batch));
    summary.put(prefix + "version", version);
    summary.put(prefix + "ledger", write(ledger));
    summary.put(prefix + "event-times-before", write(timesBefore.newest()));
    summary.put(prefix + "event-times-after", write(timesAfter.newest()));
    summary.put(prefix + "lookups", write(lookups));
    if (!unmet.isEmpty()) {
      summary.put(prefix + "expectations", write(unmet));
    }
    return summary;
  }

  private static String prefix(String pipeline, String sink) {
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
              summary.getOrDefault(prefix + "expectations", "{}"), new TypeReference<>() {}));
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
