/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.DirectFiles;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A batch that has been read from Kafka and decoded. Its rows are kept, unless they only have to be
 * written down: then they are in files already.
 *
 * @param decoded the batch
 * @param direct the files
 */
record ReadBatch(DecodedBatch decoded, DirectFiles direct) implements AutoCloseable {

  /**
   * Reads a batch.
   *
   * @param records raw records
   * @param plan what runs
   * @param graph its steps
   * @param commits tell which sinks need the batch
   */
  static ReadBatch of(RawRecords records, QueryPlan plan, StepGraph graph, BatchCommits commits) {
    EventTimes before = commits.timesBefore();
    Optional<DirectFiles> direct =
        directSinks(plan, graph, commits)
            .flatMap(sinks -> DirectFiles.into(records.session(), plan.source(), sinks));
    if (direct.isEmpty()) {
      return new ReadBatch(DecodedBatch.of(records, plan.source(), before), DirectFiles.none());
    }
    DirectFiles files = direct.get();
    return new ReadBatch(
        DecodedBatch.tapped(records, plan.source(), before, files.tap(), files::add), files);
  }

  /** The sinks that need the batch, if all they do is to take the source's rows as they are. */
  private static Optional<List<String>> directSinks(
      QueryPlan plan, StepGraph graph, BatchCommits commits) {
    if (!graph.steps().isEmpty()) {
      return Optional.empty();
    }
    List<String> sinks = new ArrayList<>();
    for (SinkWrite write : SinkWrite.all(plan, graph)) {
      if (!write.isDirect()) {
        return Optional.empty();
      } else if (commits.isDue(write.sink().table())) {
        sinks.add(write.sink().table());
      }
    }
    return Optional.of(sinks);
  }

  /** Frees the rows, and deletes the files that were not committed. */
  @Override
  public void close() {
    try {
      decoded.close();
    } finally {
      direct.close();
    }
  }
}
