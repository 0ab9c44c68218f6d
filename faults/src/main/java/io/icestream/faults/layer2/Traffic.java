/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.faults.oracle.Digest;
import io.icestream.faults.oracle.ProducedLog;
import io.icestream.faults.oracle.ProducedRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Records that flow into a topic until it is closed, one in twenty of them bad. */
final class Traffic implements AutoCloseable {
  static final int PARTITIONS = 2;

  /** Largest record that the topic takes, in bytes. */
  static final int LARGEST = 4 << 20;

  private static final int ACCOUNTS = 50;
  private static final int PER_BURST = 5;
  private static final long BURST_EVERY_MILLIS = 100;
  private static final int OVERSIZED = 1_500_000;

  private final String topic;
  private final Map<String, String> kafka;
  private final Random random;
  private final List<ProducedRecord> acknowledged = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean oversized = new AtomicBoolean();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private final Thread thread;
  private int count;

  private Traffic(String topic, Map<String, String> kafka, long seed) {
    this.topic = topic;
    this.kafka = kafka;
    this.random = new Random(seed);
    this.thread = new Thread(this::flow, "traffic-" + topic);
  }

  /** Starts to send to a topic that exists, until {@link #end}. */
  static Traffic start(String topic, Map<String, String> kafka, long seed) {
    Traffic traffic = new Traffic(topic, kafka, seed);
    traffic.thread.setDaemon(true);
    traffic.thread.start();
    return traffic;
  }

  /** Makes one of the next records larger than most batches. */
  void sendOversized() {
    oversized.set(true);
  }

  /**
   * Ends it, and waits until all that was sent is acknowledged.
   *
   * @return what was acknowledged
   * @throws IllegalStateException if a record was not: the broker is away for good
   */
  ProducedLog end() throws InterruptedException {
    closing.countDown();
    thread.join();
    if (failure.get() != null) {
      throw new IllegalStateException("A record for " + topic + " was lost", failure.get());
    }
    return new ProducedLog(List.copyOf(acknowledged));
  }

  /** Ends it without waiting; does nothing if it has ended. */
  @Override
  public void close() {
    closing.countDown();
  }

  private void flow() {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("delivery.timeout.ms", "300000");
    properties.put("max.request.size", Integer.toString(LARGEST));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      do {
        for (int i = 0; i < PER_BURST; i++) {
          send(producer);
        }
      } while (!closing.await(BURST_EVERY_MILLIS, TimeUnit.MILLISECONDS));
      producer.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer) {
    int id = count++;
    int account = random.nextInt(ACCOUNTS);
    int partition = account % PARTITIONS;
    boolean good = id % 20 != 13;
    Map<String, String> fields = fields(id, account, good && oversized.getAndSet(false));
    byte[] value = (good ? json(fields) : "{\"id\": \"r" + id + "\", \"torn").getBytes(UTF_8);
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition, fields.get("account").getBytes(UTF_8), value),
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              } else {
                acknowledged.add(
                    new ProducedRecord(
                        partition,
                        metadata.offset(),
                        good,
                        Digest.of(value),
                        good ? fields : Map.of()));
              }
            });
  }

  private Map<String, String> fields(int id, int account, boolean large) {
    return Map.of(
        "id",
        "r" + id,
        "account",
        "a" + account,
        "seq",
        Integer.toString(id),
        "amount",
        Integer.toString(random.nextInt(100)),
        "note",
        large ? "x".repeat(OVERSIZED) : "of " + id + " \u00e9");
  }

  private static String json(Map<String, String> fields) {
    return "{\"id\": \"%s\", \"account\": \"%s\", \"seq\": %s, \"amount\": %s, \"note\": \"%s\"}"
        .formatted(
            fields.get("id"),
            fields.get("account"),
            fields.get("seq"),
            fields.get("amount"),
            fields.get("note"));
  }
}
