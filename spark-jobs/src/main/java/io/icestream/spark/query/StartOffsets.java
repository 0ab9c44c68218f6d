/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.source.KafkaTopic;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Where a query starts that has no checkpoint: where the tables say it has been. So a lost
 * checkpoint costs nothing as long as all sinks are at the same place.
 */
final class StartOffsets {
  /** The connector's number for the first offset that a partition has. */
  private static final int EARLIEST = -2;

  private StartOffsets() {}

  /**
   * The start in the JSON of Spark's Kafka source; empty if no sink has been written, so that the
   * pipeline file decides.
   *
   * @throws PipelineFailure if the sinks are at different places, or at one of another topic
   */
  static String of(SparkSession spark, QueryPlan plan, KafkaTopic topic) {
    Map<String, TopicOffsets> ends = new LinkedHashMap<>();
    for (var sink : plan.sinks()) {
      Optional<Marker> marker = BatchCommits.newestMarker(spark, plan.pipeline(), sink.table());
      marker.ifPresent(m -> ends.put(sink.table(), m.to()));
    }
    if (ends.isEmpty()) {
      return "";
    }
    TopicOffsets end = ends.values().iterator().next();
    boolean agree =
        ends.size() == plan.sinks().size() && ends.values().stream().allMatch(end::equals);
    if (!agree || !end.topicId().equals(topic.id())) {
      throw new PipelineFailure(
          Kind.FENCED,
          "There is no checkpoint at "
              + plan.checkpoint()
              + ", and the tables do not agree where to"
              + " start: "
              + describe(plan, ends)
              + ". Restore the checkpoint, or drop the tables.");
    }
    return json(topic.name(), end, topic.partitions());
  }

  static String json(String topic, TopicOffsets end, int partitions) {
    Map<Integer, Long> offsets = new TreeMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      offsets.put(partition, end.partitions().getOrDefault(partition, (long) EARLIEST));
    }
    return offsets.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":" + e.getValue())
        .collect(Collectors.joining(",", "{\"" + topic + "\":{", "}}"));
  }

  private static String describe(QueryPlan plan, Map<String, TopicOffsets> ends) {
    return plan.sinks().stream()
        .map(
            sink ->
                sink.table()
                    + " is at "
                    + Optional.ofNullable(ends.get(sink.table()))
                        .map(TopicOffsets::partitions)
                        .map(Object::toString)
                        .orElse("no place"))
        .collect(Collectors.joining(", "));
  }
}
