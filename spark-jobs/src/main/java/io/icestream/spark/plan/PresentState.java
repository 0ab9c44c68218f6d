/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;

/**
 * What is there of a pipeline.
 *
 * @param tables its tables that exist, by name
 * @param positions how far the pipeline has come in each table that it has committed to
 * @param uses what the rows of each table meant when the pipeline wrote it last, by table; tables
 *     that an earlier version has written are not among them
 * @param checkpointTopics the topics whose offsets the checkpoint holds; empty: there is no
 *     checkpoint
 */
public record PresentState(
    Map<String, Table> tables,
    Map<String, Position> positions,
    Map<String, TableUse> uses,
    Set<String> checkpointTopics) {
  public PresentState {
    tables = Map.copyOf(tables);
    positions = Map.copyOf(positions);
    uses = Map.copyOf(uses);
    checkpointTopics = Set.copyOf(checkpointTopics);
  }

  /**
   * A table as it is.
   *
   * @param columns its columns
   * @param partitionBy its partition transforms, as the pipeline file writes them
   * @param properties its properties
   */
  public record Table(
      StructType columns, List<String> partitionBy, Map<String, String> properties) {
    public Table {
      partitionBy = List.copyOf(partitionBy);
      properties = Map.copyOf(properties);
    }
  }

  /**
   * A place in a topic.
   *
   * @param topicId the topic's Kafka id
   * @param offsets next offset by partition; 0 for those that are not named
   */
  public record Position(String topicId, SortedMap<Integer, Long> offsets) {
    public Position {
      offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }
  }
}
