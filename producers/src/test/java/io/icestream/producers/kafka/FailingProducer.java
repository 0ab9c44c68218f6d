/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's own fake, which completes each send at once, with failures for chosen sends. */
final class FailingProducer extends MockProducer<byte[], byte[]> {

  /** What a send fails with, by its number from 0. */
  final Map<Integer, RuntimeException> failures = new HashMap<>();

  private int sends;

  FailingProducer() {
    super(false, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, Callback callback) {
    Future<RecordMetadata> sent = super.send(record, callback);
    RuntimeException failure = failures.get(sends++);
    boolean completed = failure == null ? completeNext() : errorNext(failure);
    assert completed;
    return sent;
  }
}
