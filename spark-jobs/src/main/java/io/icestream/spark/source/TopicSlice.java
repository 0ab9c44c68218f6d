/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.io.Serializable;

/**
 * The records of one partition that a batch reads.
 *
 * @param partition the partition
 * @param from the first offset
 * @param to the end, not included; more than the first offset
 */
record TopicSlice(int partition, long from, long to) implements Serializable {
  TopicSlice {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "Partition " + partition + " cannot be read from " + from + " to " + to);
    }
  }

  long offsets() {
    return to - from;
  }
}
