/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads one partition, slice after slice. What Kafka has sent beyond the end of a slice is kept for
 * the next one, which usually begins there. Not thread-safe.
 */
final class PartitionReader implements AutoCloseable {
  /**
   * So many that a poll's own cost does not count, and that they are still at hand when decoded.
   */
  private static final String RECORDS_PER_POLL = "1000";

  /** The answer to a fetch of one partition: enough for a poll of half-kilobyte records. */
  private static final String BYTES_PER_FETCH = Integer.toString(4 << 20);

  private static final Duration POLL = Duration.ofSeconds(1);

  private final TopicPartition partition;
  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;
  private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();

  /** What the next record of {@link #fetched} is not behind of. */
  private long position = -1;

  private ConsumerRecord<byte[], byte[]> next;

  /**
   * @param consumer becomes the reader's
   * @param partition what to read
   * @param patience how long Kafka may send nothing although there is something
   */
  PartitionReader(Consumer<byte[], byte[]> consumer, TopicPartition partition, Duration patience) {
    this.consumer = consumer;
    this.partition = partition;
    this.patience = patience;
    consumer.assign(List.of(partition));
  }

  /**
   * Opens a reader.
   *
   * @param client properties of Kafka clients
   * @param partition what to read
   * @param patience how long Kafka may send nothing although there is something
   */
  static PartitionReader open(
      Map<String, String> client, TopicPartition partition, Duration patience) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("max.poll.records", RECORDS_PER_POLL);
    properties.put("max.partition.fetch.bytes", BYTES_PER_FETCH);
    properties.put("isolation.level", KafkaStream.ISOLATION);
    properties.putAll(client);
    // Offsets are in the tables; and to go on somewhere else after a loss would hide it
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "none");
    properties.put("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.put("value.deserializer", ByteArrayDeserializer.class.getName());
    return new PartitionReader(new KafkaConsumer<>(properties), partition, patience);
  }

  /**
   * The records of a slice. Offsets without a record, which compaction and transactions leave, are
   * passed over.
   *
   * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException while reading, if Kafka
   *     does not have the slice any more
   * @throws TimeoutException while reading, if Kafka sends nothing
   */
  Iterator<ConsumerRecord<byte[], byte[]>> read(TopicSlice slice) {
    if (position != slice.from()) {
      consumer.seek(partition, slice.from());
      fetched = Collections.emptyIterator();
      next = null;
      position = slice.from();
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return find(slice.to());
      }

      @Override
      public ConsumerRecord<byte[], byte[]> next() {
        if (!find(slice.to())) {
          throw new NoSuchElementException();
        }
        ConsumerRecord<byte[], byte[]> found = next;
        next = null;
        position = found.offset() + 1;
        return found;
      }
    };
  }

  /** Whether there is a record before an offset; it is {@link #next} then. */
  private boolean find(long end) {
    while (next == null && position < end) {
      if (fetched.hasNext()) {
        next = fetched.next();
      } else {
        fetch();
      }
    }
    if (next != null && next.offset() < end) {
      return true;
    }
    position = Math.max(position, end);
    return false;
  }

  private void fetch() {
    long began = System.nanoTime();
    while (true) {
      fetched = consumer.poll(POLL).iterator();
      // Moves over offsets without a record, too
      long reached = consumer.position(partition);
      if (fetched.hasNext()) {
        return;
      } else if (reached > position) {
        position = reached;
        return;
      } else if (System.nanoTime() - began > patience.toNanos()) {
        throw new TimeoutException(
            "Kafka has sent nothing of "
                + partition
                + " from offset "
                + position
                + " on for "
                + patience.toSeconds()
                + " s, although it says that there is more");
      }
    }
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
