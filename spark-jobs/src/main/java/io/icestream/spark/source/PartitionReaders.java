/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The readers of this JVM that no task is using. A reader has connections and a part of the next
 * batch, so each batch takes up the one of the batch before.
 */
final class PartitionReaders {
  /**
   * Readers that wait at most: each holds a few megabytes. The one that has waited longest goes.
   */
  private static final int MOST = 64;

  /** How long Kafka may send nothing of records that it says it has. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Map<Key, PartitionReader> IDLE = new LinkedHashMap<>();

  private PartitionReaders() {}

  /**
   * What makes two readers the same.
   *
   * @param client properties of Kafka clients
   * @param topicId the topic's Kafka id: what was read of a deleted topic is not of its successor
   * @param partition topic and partition
   */
  record Key(Map<String, String> client, String topicId, TopicPartition partition) {}

  /** A reader that nobody else uses until it is given back, or closed. */
  static PartitionReader take(Key key) {
    synchronized (IDLE) {
      PartitionReader idle = IDLE.remove(key);
      if (idle != null) {
        return idle;
      }
    }
    return PartitionReader.open(key.client(), key.partition(), PATIENCE);
  }

  /** Keeps a reader for the next batch. It has failed at nothing. */
  static void giveBack(Key key, PartitionReader reader) {
    PartitionReader surplus;
    synchronized (IDLE) {
      surplus = IDLE.remove(key);
      IDLE.put(key, reader);
      if (surplus == null && IDLE.size() > MOST) {
        Iterator<PartitionReader> oldest = IDLE.values().iterator();
        surplus = oldest.next();
        oldest.remove();
      }
    }
    if (surplus != null) {
      surplus.close();
    }
  }
}
