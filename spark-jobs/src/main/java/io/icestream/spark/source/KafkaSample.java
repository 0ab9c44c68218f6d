/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A few records of a topic, read once and without leaving a trace. */
public final class KafkaSample {
  private final KafkaTopic topic;
  private final Map<String, String> client;

  /**
   * @param topic the topic
   * @param client properties of Kafka clients
   */
  public KafkaSample(KafkaTopic topic, Map<String, String> client) {
    this.topic = topic;
    this.client = Map.copyOf(client);
  }

  /**
   * The newest records.
   *
   * @param spark the session
   * @param count how many at most, of all partitions together
   * @return records with the columns of {@link RawRecord}, in the order of their offsets within
   *     each partition
   */
  public Dataset<Row> newest(SparkSession spark, int count) {
    return read(spark, SampleRange.newest(offsets(OffsetSpec.earliest()), latest(), count));
  }

  /**
   * The records that a pipeline reads next.
   *
   * @param spark the session
   * @param from next offset by partition; a partition that is not named is read from its start
   * @param count how many at most, of all partitions together
   * @return as {@link #newest}
   */
  public Dataset<Row> next(SparkSession spark, Map<Integer, Long> from, int count) {
    SortedMap<Integer, Long> start = offsets(OffsetSpec.earliest());
    start.replaceAll((partition, first) -> Math.max(first, from.getOrDefault(partition, first)));
    return read(spark, SampleRange.next(start, latest(), count));
  }

  private Dataset<Row> read(SparkSession spark, SampleRange range) {
    DataFrameReader reader = spark.read().format("kafka");
    client.forEach((key, value) -> reader.option("kafka." + key, value));
    return reader
        .option("subscribe", topic.name())
        .option("startingOffsets", json(range.from()))
        .option("endingOffsets", json(range.to()))
        .option("includeHeaders", "true")
        .load();
  }

  private SortedMap<Integer, Long> latest() {
    return offsets(OffsetSpec.latest());
  }

  private SortedMap<Integer, Long> offsets(OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < topic.partitions(); partition++) {
      asked.put(new TopicPartition(topic.name(), partition), which);
    }
    try (Admin admin = Admin.create(new HashMap<String, Object>(client))) {
      SortedMap<Integer, Long> offsets = new TreeMap<>();
      admin
          .listOffsets(asked)
          .all()
          .get()
          .forEach((partition, found) -> offsets.put(partition.partition(), found.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw new PipelineFailure(
          Kind.UNAVAILABLE,
          "The offsets of topic '" + topic.name() + "' cannot be read: " + e.getCause() + ".",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PipelineFailure(Kind.UNAVAILABLE, "Interrupted while reading offsets.", e);
    }
  }

  private String json(SortedMap<Integer, Long> offsets) {
    Function<Map.Entry<Integer, Long>, String> entry =
        e -> "\"" + e.getKey() + "\":" + e.getValue();
    return offsets.entrySet().stream()
        .map(entry)
        .collect(Collectors.joining(",", "{\"" + topic.name() + "\":{", "}}"));
  }
}
