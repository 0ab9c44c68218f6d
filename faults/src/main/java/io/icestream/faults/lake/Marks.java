/* SPDX-License-Identifier: MIT */
package io.icestream.faults.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.faults.oracle.Mark;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Marks in the summaries of snapshots. */
final class Marks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Marks() {}

  /** What a summary says about its batch; empty if it is of none. */
  static Optional<Mark> of(Map<String, String> summary, String pipeline, String table) {
    String prefix = "icestream." + pipeline + "." + table + ".";
    if (!summary.containsKey(prefix + "to")) {
      return Optional.empty();
    }
    try {
      Map<String, Long> ledger =
          JSON.readValue(summary.get(prefix + "ledger"), new TypeReference<>() {});
      return Optional.of(
          new Mark(
              offsets(summary.get(prefix + "from")), offsets(summary.get(prefix + "to")), ledger));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The mark " + prefix + " cannot be read", e);
    }
  }

  private static SortedMap<Integer, Long> offsets(String json) throws JsonProcessingException {
    return JSON.convertValue(
        JSON.readTree(json).get("partitions"), new TypeReference<TreeMap<Integer, Long>>() {});
  }
}
