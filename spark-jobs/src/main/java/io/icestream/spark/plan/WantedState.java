/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a pipeline file asks for, resolved.
 *
 * @param topic the name of the topic
 * @param topicId its Kafka id now
 * @param start where a first run starts: {@code earliest} or {@code latest}
 * @param tables tables as the pipeline wants them, the quarantine among them
 * @param aggregates the tables of window steps
 * @param uses what the rows of each sink's table mean, by table
 * @param sparse the tables that a batch without rows for them leaves as they are: those of sinks
 *     with a table per value, and the quarantine
 */
public record WantedState(
    String topic,
    String topicId,
    String start,
    List<TableSpec> tables,
    Set<String> aggregates,
    Map<String, TableUse> uses,
    Set<String> sparse) {
  public WantedState {
    tables = List.copyOf(tables);
    aggregates = Set.copyOf(aggregates);
    uses = Map.copyOf(uses);
    sparse = Set.copyOf(sparse);
  }
}
