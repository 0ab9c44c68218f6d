/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a range of a topic, without a stream. */
public final class KafkaRange {
  private final KafkaTopic topic;
  private final Map<String, String> client;

  /**
   * @param topic the topic
   * @param client properties of Kafka clients
   */
  public KafkaRange(KafkaTopic topic, Map<String, String> client) {
    this.topic = topic;
    this.client = Map.copyOf(client);
  }

  /**
   * The records of a range. Reading them fails if Kafka does not have all of it.
   *
   * @param spark the session
   * @param from the first offset by partition; 0 for a partition that is not named
   * @param to the end by partition, not included; 0 for a partition that is not named
   * @return records with the columns of {@link RawRecord}, in the order of their offsets within
   *     each partition
   */
  public Dataset<Row> read(SparkSession spark, Map<Integer, Long> from, Map<Integer, Long> to) {
    DataFrameReader reader = spark.read().format("kafka");
    reader.option("kafka.max.poll.records", "10000");
    client.forEach((key, value) -> reader.option("kafka." + key, value));
    return reader
        .option("subscribe", topic.name())
        .option("startingOffsets", KafkaOffsets.json(topic.name(), all(from)))
        .option("endingOffsets", KafkaOffsets.json(topic.name(), all(to)))
        .option("failOnDataLoss", "true")
        .option("includeHeaders", "true")
        .load();
  }

  /** The connector wants every partition to be named. */
  private SortedMap<Integer, Long> all(Map<Integer, Long> offsets) {
    SortedMap<Integer, Long> all = new TreeMap<>();
    for (int partition = 0; partition < topic.partitions(); partition++) {
      all.put(partition, offsets.getOrDefault(partition, 0L));
    }
    return all;
  }
}
