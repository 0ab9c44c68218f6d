/* SPDX-License-Identifier: MIT */
package io.icestream.spark.audit;

import java.util.List;

/**
 * What the tables of a sink say.
 *
 * @param sink the sink, by its name in the pipeline file
 * @param tables its own, then those of values if it has {@code route_by}
 */
public record SinkAudit(String sink, List<ChainAudit> tables) {
  public SinkAudit {
    tables = List.copyOf(tables);
  }

  /** Whether nothing is wrong with any of its tables. */
  public boolean isSound() {
    return tables.stream().allMatch(ChainAudit::isSound);
  }
}
