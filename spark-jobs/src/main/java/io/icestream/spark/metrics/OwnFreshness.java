/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.spark.environment.Environment;
import java.util.List;

/**
 * How fresh a pipeline's tables are, told by the pipeline itself where no probe runs: by the code
 * of the probe, so that tables and topic are asked and not what the pipeline believes. It ends with
 * the job; whoever looks at it has to take silence as bad. For one thread.
 */
final class OwnFreshness implements AutoCloseable {
  private final Meters meters;
  private final Environment environment;
  private final String pipeline;
  private final List<String> tables;
  private FreshnessProbe probe;

  /**
   * @param meters where it is shown
   * @param environment where the catalog and the topic are
   * @param pipeline the pipeline
   * @param tables the tables of its sinks
   */
  OwnFreshness(Meters meters, Environment environment, String pipeline, List<String> tables) {
    this.meters = meters;
    this.environment = environment;
    this.pipeline = pipeline;
    this.tables = List.copyOf(tables);
  }

  /** Looks and shows; a table without a commit is not shown. */
  void look() {
    if (probe == null) {
      probe = new FreshnessProbe(environment);
    }
    probe.look(pipeline, tables).forEach(each -> each.show(meters));
  }

  @Override
  public void close() {
    if (probe != null) {
      probe.close();
    }
  }
}
