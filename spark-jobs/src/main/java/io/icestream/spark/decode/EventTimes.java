/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The newest event time of each Kafka partition, in microseconds since 1970.
 *
 * <p>A row is late if it is further behind the newest event <em>of its own partition</em> than the
 * watermark allows. So it depends on the order in the partition alone whether a row is late: not on
 * where batches begin, nor on how far other partitions have been read.
 */
public record EventTimes(SortedMap<Integer, Long> newest) implements Serializable {
  /** No event has been seen. */
  public static final EventTimes NONE = new EventTimes(Collections.emptySortedMap());

  public EventTimes {
    newest = Collections.unmodifiableSortedMap(new TreeMap<>(newest));
  }

  /** The later of two states, partition by partition. */
  public EventTimes and(Map<Integer, Long> later) {
    SortedMap<Integer, Long> merged = new TreeMap<>(newest);
    later.forEach((partition, time) -> merged.merge(partition, time, Math::max));
    return new EventTimes(merged);
  }
}
