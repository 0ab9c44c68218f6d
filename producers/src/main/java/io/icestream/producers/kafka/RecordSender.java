/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.kafka.SendOutcome.Acknowledged;
import io.icestream.producers.kafka.SendOutcome.Failed;
import io.icestream.producers.kafka.SendOutcome.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends records to any topics, with acks=all by an idempotent producer, and waits for the outcome
 * of each: when {@link #send} returns, nothing is under way. Thread-safe; requests share batches.
 */
public final class RecordSender implements RecordSink, AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> kafka;

  RecordSender(Producer<byte[], byte[]> kafka) {
    this.kafka = kafka;
  }

  /**
   * Builds the client. No broker is asked yet: the first records do that.
   *
   * @throws io.icestream.producers.ProducerException if the settings are not valid
   */
  public static RecordSender open(ProducerSettings settings) {
    return new RecordSender(
        KafkaProblem.building(
            settings,
            () ->
                new KafkaProducer<>(
                    settings.forProducer(), new ByteArraySerializer(), new ByteArraySerializer())));
  }

  /**
   * {@inheritDoc} Once a record has failed for a reason that does not lie in it, those that are not
   * sent yet are not sent any more and have the same outcome: each of them would wait as long.
   */
  @Override
  public List<SendOutcome> send(List<TopicRecord> records) {
    AtomicReferenceArray<SendOutcome> outcomes = new AtomicReferenceArray<>(records.size());
    FirstFailure failure = new FirstFailure();
    for (int i = 0; i < records.size() && failure.reason() == null; i++) {
      sendOne(records.get(i), i, outcomes, failure);
    }
    kafka.flush();
    List<SendOutcome> result = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      SendOutcome outcome = outcomes.get(i);
      result.add(outcome != null ? outcome : new Failed("Not sent, because: " + failure.reason()));
    }
    return result;
  }

  @Override
  public void close() {
    Uninterrupted.run(() -> kafka.close(CLOSE_TIMEOUT));
  }

  private void sendOne(
      TopicRecord record,
      int index,
      AtomicReferenceArray<SendOutcome> outcomes,
      FirstFailure failure) {
    try {
      Future<RecordMetadata> unused =
          kafka.send(
              toKafka(record),
              (metadata, problem) ->
                  outcomes.set(
                      index,
                      problem == null
                          ? new Acknowledged(metadata.partition(), metadata.offset())
                          : failure.of(problem)));
    } catch (KafkaException e) {
      outcomes.set(index, failure.of(e));
    }
  }

  static ProducerRecord<byte[], byte[]> toKafka(TopicRecord record) {
    ProducerRecord<byte[], byte[]> sent =
        new ProducerRecord<>(record.topic(), record.key(), record.value());
    HeaderTexts.add(record.headers(), sent.headers());
    return sent;
  }

  /** The first reason that would meet all further records too. */
  private static final class FirstFailure {
    private volatile String reason;

    String reason() {
      return reason;
    }

    SendOutcome of(Exception problem) {
      String text = Tally.describe(problem);
      if (Tally.liesInRecord(problem)) {
        return new Refused(text);
      }
      reason = text;
      return new Failed(text);
    }
  }
}
