/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Tells how far a topic has been read, in records and in time, and tells Kafka's own tools the same
 * by the offsets of a consumer group. These are never read back: tables say where a pipeline is.
 * Keeps one connection; for one thread at a time. All methods throw Kafka's exceptions.
 */
public final class TopicProbe implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String topic;
  private final Map<String, Object> settings;
  private final Map<Integer, Stamp> waiting = new HashMap<>();
  private final Map<Integer, Stamp> oldest = new HashMap<>();
  private Consumer<byte[], byte[]> consumer;

  /** When the first record at or behind an offset came. */
  private record Stamp(long offset, Instant time) {}

  /**
   * @param topic the topic
   * @param client properties of Kafka clients
   * @param pipeline whose progress is told
   */
  public TopicProbe(String topic, Map<String, String> client, String pipeline) {
    this.topic = topic;
    this.settings = new HashMap<>(client);
    settings.put("group.id", group(pipeline));
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "none");
    // What an open transaction holds up waits too: a read of what is committed would not see it
    settings.put("isolation.level", "read_uncommitted");
    settings.put("allow.auto.create.topics", "false");
    // One record of each partition is wanted
    settings.put("max.partition.fetch.bytes", Integer.toString(64 << 10));
    settings.put("max.poll.records", "1");
  }

  /** The consumer group that shows a pipeline's progress. */
  public static String group(String pipeline) {
    return "icestream." + pipeline + ".committed";
  }

  /**
   * Looks at all partitions that there are now.
   *
   * @param next the next offset to read, by partition; a partition that is not named is read from
   *     its start
   */
  public SortedMap<Integer, PartitionLag> look(Map<Integer, Long> next) {
    List<TopicPartition> partitions =
        consumer().partitionsFor(topic, TIMEOUT).stream().map(TopicProbe::partition).toList();
    Map<TopicPartition, Long> earliest = consumer().beginningOffsets(partitions, TIMEOUT);
    Map<TopicPartition, Long> latest = consumer().endOffsets(partitions, TIMEOUT);
    Map<TopicPartition, Long> due = new HashMap<>();
    Map<TopicPartition, Long> deleting = new HashMap<>();
    for (TopicPartition partition : partitions) {
      long first = earliest.get(partition);
      long from = Math.max(first, next.getOrDefault(partition.partition(), 0L));
      if (from < latest.get(partition)) {
        due.put(partition, from);
      }
      if (first > 0 && first < latest.get(partition)) {
        deleting.put(partition, first);
      }
    }
    refresh(waiting, due);
    refresh(oldest, deleting);
    SortedMap<Integer, PartitionLag> lags = new TreeMap<>();
    for (TopicPartition partition : partitions) {
      int number = partition.partition();
      lags.put(
          number,
          new PartitionLag(
              earliest.get(partition),
              next.getOrDefault(number, 0L),
              latest.get(partition),
              Optional.ofNullable(waiting.get(number)).map(Stamp::time),
              Optional.ofNullable(oldest.get(number)).map(Stamp::time)));
    }
    return lags;
  }

  /**
   * When records came, by partition.
   *
   * @param offsets the record at or behind this offset is meant; a partition without one within
   *     three seconds is left out
   */
  public SortedMap<Integer, Instant> times(Map<Integer, Long> offsets) {
    Map<TopicPartition, Long> asked = new HashMap<>();
    offsets.forEach((partition, offset) -> asked.put(new TopicPartition(topic, partition), offset));
    SortedMap<Integer, Instant> times = new TreeMap<>();
    first(asked).forEach((partition, time) -> times.put(partition.partition(), time));
    return times;
  }

  /**
   * Sets the group's offsets, so that Kafka's tools show how far the pipeline is.
   *
   * @param next the next offset to read, by partition
   */
  public void mirror(Map<Integer, Long> next) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    next.forEach(
        (partition, offset) ->
            offsets.put(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)));
    if (!offsets.isEmpty()) {
      consumer().commitSync(offsets, TIMEOUT);
    }
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close(Duration.ofSeconds(2));
      consumer = null;
    }
  }

  /** Brings what is known up to date: what was known of an offset stays true. */
  private void refresh(Map<Integer, Stamp> known, Map<TopicPartition, Long> wanted) {
    known.keySet().removeIf(number -> !wanted.containsKey(new TopicPartition(topic, number)));
    Map<TopicPartition, Long> asked = new HashMap<>(wanted);
    asked
        .entrySet()
        .removeIf(
            e -> {
              Stamp stamp = known.get(e.getKey().partition());
              return stamp != null && stamp.offset() == e.getValue();
            });
    first(asked)
        .forEach(
            (partition, time) ->
                known.put(partition.partition(), new Stamp(wanted.get(partition), time)));
  }

  private Map<TopicPartition, Instant> first(Map<TopicPartition, Long> offsets) {
    if (offsets.isEmpty()) {
      return Map.of();
    }
    Consumer<byte[], byte[]> reader = consumer();
    reader.assign(offsets.keySet());
    offsets.forEach(reader::seek);
    Map<TopicPartition, Instant> found = new HashMap<>();
    Set<TopicPartition> missing = new HashSet<>(offsets.keySet());
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!missing.isEmpty() && System.nanoTime() < deadline) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        found.putIfAbsent(partition, Instant.ofEpochMilli(record.timestamp()));
        missing.remove(partition);
        reader.pause(Set.of(partition));
      }
    }
    reader.unsubscribe();
    return found;
  }

  private Consumer<byte[], byte[]> consumer() {
    if (consumer == null) {
      consumer =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
    return consumer;
  }

  private static TopicPartition partition(PartitionInfo info) {
    return new TopicPartition(info.topic(), info.partition());
  }
}
