/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.ProducerException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Looks the committed progress of a source up in its topic. */
final class CommittedProgress {

  private static final Duration POLL = Duration.ofMillis(200);

  /** Longer than the transaction of one that died is kept open. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private CommittedProgress() {}

  /**
   * The newest progress. The sources' own transactions have to be over; those of others may be
   * open, and are waited for, because what they have begun hides what was committed behind it.
   *
   * @param since the topic is read from there, whatever its partition
   * @throws ProducerException if the topic does not exist, or transactions stay open for too long
   */
  static Optional<String> read(ProducerSettings settings, ResumableSource source, Instant since) {
    Map<TopicPartition, Long> ends;
    Map<TopicPartition, OffsetAndTimestamp> starts;
    try (Consumer<byte[], byte[]> consumer = consumer(settings, "read_uncommitted")) {
      List<TopicPartition> partitions = partitions(consumer, source.progressTopic());
      ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(each -> times.put(each, since.toEpochMilli()));
      starts = consumer.offsetsForTimes(times);
    }
    try (Consumer<byte[], byte[]> consumer = consumer(settings, "read_committed")) {
      consumer.assign(ends.keySet());
      ends.forEach((partition, end) -> seek(consumer, partition, starts.get(partition), end));
      return newest(consumer, source, ends);
    }
  }

  private static void seek(
      Consumer<byte[], byte[]> consumer,
      TopicPartition partition,
      OffsetAndTimestamp start,
      long end) {
    consumer.seek(partition, start == null ? end : start.offset());
  }

  private static Optional<String> newest(
      Consumer<byte[], byte[]> consumer, ResumableSource source, Map<TopicPartition, Long> ends) {
    byte[] key = source.id().getBytes(UTF_8);
    ConsumerRecord<byte[], byte[]> newest = null;
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (ends.keySet().stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
      if (System.nanoTime() - deadline > 0) {
        throw new ProducerException(
            "Progress of "
                + source.id()
                + " in topic '"
                + source.progressTopic()
                + "' cannot be seen: a transaction is open in it for more than "
                + PATIENCE.toSeconds()
                + " s. Try again.");
      }
      for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
        if (Arrays.equals(key, each.key()) && isNewer(each, newest)) {
          newest = each;
        }
      }
    }
    return Optional.ofNullable(newest).map(each -> new String(each.value(), UTF_8));
  }

  /** Clocks of functions differ: only where the topic got more partitions do they have to do. */
  private static boolean isNewer(
      ConsumerRecord<byte[], byte[]> read, ConsumerRecord<byte[], byte[]> newest) {
    return newest == null
        || read.partition() == newest.partition()
        || read.timestamp() > newest.timestamp();
  }

  private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found.isEmpty()) {
      throw new ProducerException(
          "Topic '"
              + topic
              + "' for the progress of sources does not exist: create it with"
              + " cleanup.policy=compact.");
    }
    return found.stream().map(each -> new TopicPartition(topic, each.partition())).toList();
  }

  private static Consumer<byte[], byte[]> consumer(ProducerSettings settings, String isolation) {
    Properties properties = settings.forConsumer();
    properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    return KafkaProblem.building(
        settings,
        () ->
            new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }
}
