/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.time.Instant;
import java.util.Objects;

/**
 * What a batch reads. It is fixed before the batch runs, and the same when it runs again.
 *
 * @param batch the number of the batch in its checkpoint
 * @param from where it starts
 * @param to where it ends, not included
 * @param time when it was planned; the only clock that its rows may see
 * @param first whether it starts where its checkpoint started, so that no batch was before it
 */
public record BatchRange(
    long batch, TopicOffsets from, TopicOffsets to, Instant time, boolean first) {
  public BatchRange {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(time, "time");
  }

  /**
   * Refuses more records than there are offsets: some would have been read twice.
   *
   * @param records how many Kafka records were read
   */
  public void requireRoomFor(long records) {
    if (records > offsets()) {
      throw new IllegalStateException(
          "Batch "
              + batch
              + " spans "
              + offsets()
              + " offsets and has read "
              + records
              + " records");
    }
  }

  /** How many offsets it spans. */
  public long offsets() {
    return to.since(from);
  }
}
