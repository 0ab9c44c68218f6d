/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A position in a topic: the next offset of each partition. A partition that is not named is at 0,
 * so two positions are equal whether or not they name a partition that is still empty.
 *
 * @param topicId the topic's Kafka id
 * @param partitions next offset by partition
 */
public record TopicOffsets(
    @JsonProperty("topic_id") String topicId,
    @JsonProperty("partitions") SortedMap<Integer, Long> partitions) {
  public TopicOffsets {
    Objects.requireNonNull(topicId, "topicId");
    SortedMap<Integer, Long> moved = new TreeMap<>(partitions);
    moved.values().removeIf(offset -> offset == 0);
    partitions = Collections.unmodifiableSortedMap(moved);
  }

  /** Whether no partition is behind in this position that is ahead in the other. */
  public boolean isAtOrBefore(TopicOffsets other) {
    return partitions.entrySet().stream()
        .allMatch(e -> e.getValue() <= other.partitions.getOrDefault(e.getKey(), 0L));
  }

  /** How many offsets lie between an earlier position and this one. */
  public long since(TopicOffsets earlier) {
    return partitions.entrySet().stream()
        .mapToLong(e -> e.getValue() - earlier.partitions.getOrDefault(e.getKey(), 0L))
        .sum();
  }

  /** The position as people read it: {@code 0:120 1:98}. */
  public String describe() {
    if (partitions.isEmpty()) {
      return "the start";
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<Integer, Long> entry : partitions.entrySet()) {
      text.append(text.isEmpty() ? "" : " ").append(entry.getKey()).append(':');
      text.append(entry.getValue());
    }
    return text.toString();
  }
}
