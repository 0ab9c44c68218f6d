/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.TopicOffsets;
import java.util.List;

/** What is there of a checkpoint. */
public sealed interface CheckpointState {

  /** There is none, or nothing is in it. */
  record Absent() implements CheckpointState {}

  /**
   * It cannot be used, whatever the tables say.
   *
   * @param problems what is wrong, as sentences without a full stop; one at least
   */
  record Damaged(List<String> problems) implements CheckpointState {
    public Damaged {
      problems = List.copyOf(problems);
    }
  }

  /**
   * It knows where to start and has planned no batch.
   *
   * @param start where
   */
  record Started(TopicOffsets start) implements CheckpointState {}

  /**
   * It has planned batches.
   *
   * @param last the newest one
   * @param done whether Spark has noted its end; if not, it runs again
   */
  record Planned(BatchRange last, boolean done) implements CheckpointState {
    /** Where the next batch that runs begins. */
    TopicOffsets next() {
      return done ? last.to() : last.from();
    }
  }
}
