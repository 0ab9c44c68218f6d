/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Objects;

/**
 * Who commits a pipeline's batches.
 *
 * @param pipeline the pipeline
 * @param version version of the code
 * @param cluster id of the Kafka cluster that is read; empty if unknown
 * @param epoch its number among the drivers of the pipeline, as {@link Epochs} gives it; 0 if it
 *     has none, so that it gives way to each that has
 * @param rules short name of the rules of its pipeline file; empty if unknown
 */
public record Driver(String pipeline, String version, String cluster, long epoch, String rules) {
  public Driver {
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(rules, "rules");
  }

  /** A driver whose rules nobody asks for. */
  public Driver(String pipeline, String version, String cluster, long epoch) {
    this(pipeline, version, cluster, epoch, "");
  }

  /** Whether no driver with a higher number has taken a table over. */
  boolean isNewest(TableHistory history, String table) {
    return Epochs.of(history, pipeline, table) <= epoch;
  }

  /** A driver without number or cluster. */
  public static Driver unnumbered(String pipeline, String version) {
    return new Driver(pipeline, version, "", 0);
  }
}
