/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.source.TopicBounds;
import java.util.List;
import java.util.Objects;

/**
 * What is there of a pipeline.
 *
 * @param topic what Kafka has
 * @param checkpoint what Spark knows
 * @param tables where the tables are: the sinks in the order of the file, then those of values,
 *     then the quarantine
 */
public record Situation(TopicBounds topic, CheckpointState checkpoint, List<SinkEnd> tables) {
  public Situation {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(checkpoint, "checkpoint");
    tables = List.copyOf(tables);
  }

  List<SinkEnd> sinks() {
    return tables.stream().filter(table -> table.chain() == Chain.GAPLESS).toList();
  }

  /** The tables that have markers of some batches alone: the quarantine and those of values. */
  List<SinkEnd> sparse() {
    return tables.stream().filter(table -> table.chain() == Chain.SPARSE).toList();
  }
}
