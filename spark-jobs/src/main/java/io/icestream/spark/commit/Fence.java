/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.Optional;

/** Decides from a sink's newest marker what a batch may do to it. Pure. */
public final class Fence {
  private Fence() {}

  /** How the batches of a sink follow each other. */
  public enum Chain {
    /** Every batch commits, so a batch starts exactly where the newest one ended. */
    GAPLESS,
    /** A batch without rows does not commit, so a batch may start later. Quarantine tables. */
    SPARSE
  }

  /** What a batch may do to a sink. */
  public enum Decision {
    /** The sink has the batch already. */
    SKIP,
    /** The sink is right before the batch. */
    COMMIT
  }

  /**
   * Compares where a sink is with what a batch reads.
   *
   * @param sink the table, for messages
   * @param committed the sink's newest marker; empty if the pipeline has never committed to it
   * @param range what the batch reads
   * @param chain how the sink's batches follow each other
   * @throws PipelineFailure if the sink is neither right before nor right after the batch
   */
  public static Decision decide(
      String sink, Optional<Marker> committed, BatchRange range, Chain chain) {
    if (FaultHooks.isFenceOff()) {
      return Decision.COMMIT;
    }
    if (committed.isEmpty()) {
      requireNothingBefore(sink, range, chain);
      return Decision.COMMIT;
    }
    TopicOffsets at = committed.get().to();
    if (!at.topicId().equals(range.to().topicId())) {
      throw new PipelineFailure(
          Kind.FENCED,
          "Table '"
              + sink
              + "' was filled from a topic of the same name that no longer exists (id "
              + at.topicId()
              + ", now "
              + range.to().topicId()
              + "): its offsets mean other records."
              + " Write to new tables, or drop this one.");
    }
    if (at.equals(range.to())) {
      return Decision.SKIP;
    }
    boolean follows =
        chain == Chain.GAPLESS ? at.equals(range.from()) : at.isAtOrBefore(range.from());
    if (follows) {
      return Decision.COMMIT;
    }
    throw new PipelineFailure(
        Kind.FENCED,
        "Table '"
            + sink
            + "' holds this pipeline's rows up to "
            + at.describe()
            + " (partition:offset),"
            + " but the batch reads from "
            + range.from().describe()
            + " to "
            + range.to().describe()
            + ". Another driver of this pipeline has committed meanwhile, or"
            + " the checkpoint is not this table's. Stop the other driver; if there is none, run"
            + " 'icestream recover'.");
  }

  /**
   * Refuses the offsets of another Kafka cluster. Its topics may be copies, with their ids.
   *
   * @param sink the table, for messages
   * @param committed the sink's newest marker; empty if the pipeline has never committed to it
   * @param cluster id of the cluster that is read; empty if unknown
   */
  static void requireCluster(String sink, Optional<Marker> committed, String cluster) {
    String before = committed.map(Marker::origin).map(Origin::cluster).orElse("");
    if (!before.isEmpty() && !cluster.isEmpty() && !before.equals(cluster)) {
      throw new PipelineFailure(
          Kind.FENCED,
          "Table '"
              + sink
              + "' was filled from Kafka cluster "
              + before
              + ", and the pipeline now reads cluster "
              + cluster
              + ": the same offsets may be other records. Correct 'kafka.bootstrap.servers' in the"
              + " environment, or write to new tables.");
    }
  }

  /** A table without a marker has no rows of earlier batches, and would never get them. */
  private static void requireNothingBefore(String sink, BatchRange range, Chain chain) {
    if (chain == Chain.GAPLESS && !range.first()) {
      throw new PipelineFailure(
          Kind.FENCED,
          "Table '"
              + sink
              + "' has no rows of this pipeline, which is at "
              + range.from().describe()
              + " (partition:offset): it is new, or was dropped and created again. To fill it from"
              + " the topic's start, give the pipeline another name, so that it starts afresh.");
    }
  }
}
