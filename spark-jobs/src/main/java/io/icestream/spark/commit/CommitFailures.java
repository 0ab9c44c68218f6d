/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import org.apache.iceberg.exceptions.CommitFailedException;

/** What is said of a commit that was not made. */
final class CommitFailures {
  private CommitFailures() {}

  static PipelineFailure unanswered(String sink, long batch, RuntimeException cause) {
    return new PipelineFailure(
        Kind.UNAVAILABLE,
        "Batch "
            + batch
            + " could not be committed to '"
            + sink
            + "': the catalog refuses it, or does not say whether it has it. No file of it was"
            + " deleted unless it was refused, and the batch is committed once at most: start the"
            + " pipeline again when the catalog answers.",
        cause);
  }

  static PipelineFailure busy(String sink, int conflicts, RuntimeException cause) {
    return new PipelineFailure(
        Kind.UNAVAILABLE,
        "A merge into '"
            + sink
            + "' has met changes of the same files "
            + conflicts
            + " times, as compaction makes them. Nothing is lost: start the pipeline again, and"
            + " compact the table when it merges less, or with partial progress.",
        new CommitFailedException(cause, "Merge into %s met %s compactions", sink, conflicts));
  }

  static PipelineFailure fenced(String sink, RuntimeException cause) {
    return new PipelineFailure(
        Kind.FENCED,
        "Another driver of this pipeline has committed to '"
            + sink
            + "' while this one was about to."
            + " This one stops; nothing is lost. Make sure that only one is running.",
        cause);
  }
}
