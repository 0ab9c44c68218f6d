/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;

/**
 * A stamp as a table property keeps it: the entries that a snapshot's summary has, and which
 * snapshot that is. It is what remains when the snapshot has expired.
 *
 * @param snapshot the snapshot's id
 * @param sequence its sequence number; 0 in tables of format version 1, which have none
 * @param at when it was made, in milliseconds since 1970
 * @param entries entries of its summary, by their names without the prefix
 */
record KeptStamp(
    @JsonProperty("snapshot") long snapshot,
    @JsonProperty("sequence") long sequence,
    @JsonProperty("at") long at,
    @JsonProperty("entries") Map<String, String> entries) {
  // A later version may have written it, before somebody went back to this one
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  KeptStamp {
    entries = Map.copyOf(entries);
  }

  /** The entries of a snapshot whose names start with the prefix. */
  static KeptStamp of(Snapshot made, Map<String, String> entries) {
    return new KeptStamp(made.snapshotId(), made.sequenceNumber(), made.timestampMillis(), entries);
  }

  /** What a table's properties keep under a name. */
  static Optional<KeptStamp> read(Map<String, String> properties, String name) {
    String json = properties.get(name);
    if (json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(json, KeptStamp.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The table property " + name + " cannot be read", e);
    }
  }

  /** The value of the table property. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a snapshot is older than the one that this is from. */
  boolean isAfter(Snapshot other) {
    return sequence > 0 ? other.sequenceNumber() < sequence : other.timestampMillis() < at;
  }
}
