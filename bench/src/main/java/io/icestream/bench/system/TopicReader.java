/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its start, all partitions with one consumer. */
public final class TopicReader {
  private TopicReader() {}

  /** Polls until so many records of a job's topic were seen. */
  static void read(JobFile job, long rows, Consumer<ConsumerRecords<byte[], byte[]>> polled) {
    read(job.get("bootstrap.servers"), job.get("topic"), rows, polled);
  }

  /**
   * Polls until so many records were seen.
   *
   * @throws IllegalStateException if no more come
   */
  public static void read(
      String bootstrapServers,
      String topic,
      long rows,
      Consumer<ConsumerRecords<byte[], byte[]>> polled) {
    Properties settings = new Properties();
    settings.setProperty("bootstrap.servers", bootstrapServers);
    settings.setProperty("max.poll.records", "10000");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long seen = 0;
      while (seen < rows) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(30));
        if (records.isEmpty()) {
          throw new IllegalStateException("The topic ends after " + seen + " of " + rows);
        }
        seen += records.count();
        polled.accept(records);
      }
    }
  }
}
