/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.OffsetSpec;
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
   */
  public RawRecords newest(SparkSession spark, int count) {
    return read(spark, SampleRange.newest(offsets(OffsetSpec.earliest()), latest(), count));
  }

  /**
   * The records that a pipeline reads next.
   *
   * @param spark the session
   * @param from next offset by partition; a partition that is not named is read from its start
   * @param count how many at most, of all partitions together
   */
  public RawRecords next(SparkSession spark, Map<Integer, Long> from, int count) {
    SortedMap<Integer, Long> start = offsets(OffsetSpec.earliest());
    start.replaceAll((partition, first) -> Math.max(first, from.getOrDefault(partition, first)));
    return read(spark, SampleRange.next(start, latest(), count));
  }

  private RawRecords read(SparkSession spark, SampleRange range) {
    return new KafkaRecords(topic, client).read(spark, range.from(), range.to());
  }

  private SortedMap<Integer, Long> latest() {
    return offsets(OffsetSpec.latest());
  }

  private SortedMap<Integer, Long> offsets(OffsetSpec which) {
    return KafkaOffsets.find(topic, client, which);
  }
}
