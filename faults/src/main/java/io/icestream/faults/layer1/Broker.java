/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker of the suite, with a topic per combination. */
final class Broker implements AutoCloseable {
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * @param client properties of Kafka clients
   */
  Broker(Map<String, String> client) {
    Map<String, Object> properties = new HashMap<>(client);
    admin = Admin.create(new HashMap<>(properties));
    properties.put("acks", "all");
    properties.put("linger.ms", "5");
    // The topics of earlier combinations are gone
    properties.put("metadata.max.idle.ms", "5000");
    // On a stalled machine the sequence numbers of a new topic's first batches can get stuck
    properties.put("enable.idempotence", "false");
    properties.put("max.in.flight.requests.per.connection", "1");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Creates a topic and sends all records of a workload to it.
   *
   * @return the acknowledged offsets, in the order of the workload
   */
  List<Long> produce(String topic, Workload workload) {
    try {
      Void unused =
          admin
              .createTopics(
                  List.of(new NewTopic(topic, Optional.of(Workload.PARTITIONS), Optional.empty())))
              .all()
              .get();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Workload.Sent record : workload.records()) {
        byte[] value = record.value().map(v -> v.getBytes(UTF_8)).orElse(null);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    topic, record.partition(), record.key().getBytes(UTF_8), value)));
      }
      List<Long> offsets = new ArrayList<>();
      for (Future<RecordMetadata> each : sent) {
        offsets.add(each.get().offset());
      }
      return offsets;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Topic " + topic + " cannot be filled", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while filling topic " + topic, e);
    }
  }

  /** Deletes a topic, without waiting. */
  void delete(String topic) {
    var unused = admin.deleteTopics(List.of(topic));
  }

  @Override
  public void close() {
    producer.close();
    admin.close();
  }
}
