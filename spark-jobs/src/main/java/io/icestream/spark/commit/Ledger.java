/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of the rows of a batch, as one sink sees it.
 *
 * @param offsets offsets that the batch spans; more than {@code read} where Kafka has gaps, less
 *     where records have several lines
 * @param read rows read
 * @param written rows added to the table
 * @param updated rows merged into rows of the table
 * @param filtered rows that SQL or an expectation with {@code else: drop} left out
 * @param deduplicated rows left out because a newer one of the same batch has their key
 * @param quarantined rows that could not be decoded or did not meet an expectation
 * @param late rows behind the watermark
 */
public record Ledger(
    @JsonProperty("offsets") long offsets,
    @JsonProperty("read") long read,
    @JsonProperty("written") long written,
    @JsonProperty("updated") long updated,
    @JsonProperty("filtered") long filtered,
    @JsonProperty("deduplicated") long deduplicated,
    @JsonProperty("quarantined") long quarantined,
    @JsonProperty("late") long late) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The ledger as snapshots keep it. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ledger as people read it: {@code 100 read = 97 written + 2 quarantined + 1 late}. */
  public String describe() {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("written", written);
    parts.put("updated", updated);
    parts.put("filtered", filtered);
    parts.put("deduplicated", deduplicated);
    parts.put("quarantined", quarantined);
    parts.put("late", late);
    parts.values().removeIf(count -> count == 0);
    String sum =
        parts.entrySet().stream()
            .map(part -> part.getValue() + " " + part.getKey())
            .collect(Collectors.joining(" + "));
    return read + " read = " + (sum.isEmpty() ? "0" : sum);
  }

  /** The same, for a sink whose rows were merged into others. */
  public Ledger withUpdated(long rows) {
    return new Ledger(offsets, read, 0, rows, filtered, deduplicated, quarantined, late);
  }

  /** Rows that are accounted for. */
  long accounted() {
    return written + updated + filtered + deduplicated + quarantined + late;
  }

  /** Whether every row that was read is accounted for, and nothing else is. */
  @JsonIgnore
  public boolean isBalanced() {
    return read == accounted()
        && written >= 0
        && updated >= 0
        && filtered >= 0
        && deduplicated >= 0
        && quarantined >= 0
        && late >= 0;
  }
}
