/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import io.icestream.producers.ProducerException;
import io.icestream.producers.ledger.ProductionLedger;
import io.icestream.producers.record.OutgoingRecord;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records to topics and accounts for each of them. One production at a time. */
public final class TopicProducer implements AutoCloseable {

  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> kafka;
  private final TopicCheck topics;
  private final Runnable closeTopics;

  TopicProducer(Producer<byte[], byte[]> kafka, TopicCheck topics, Runnable closeTopics) {
    this.kafka = kafka;
    this.topics = topics;
    this.closeTopics = closeTopics;
  }

  /**
   * Connects and waits for a broker's answer.
   *
   * @throws ProducerException if none comes within 5 seconds or the settings are not valid
   */
  public static TopicProducer connect(ProducerSettings settings) {
    Topics topics = Topics.connect(settings);
    try {
      return new TopicProducer(
          KafkaProblem.building(
              settings,
              () ->
                  new KafkaProducer<>(
                      settings.forProducer(),
                      new ByteArraySerializer(),
                      new ByteArraySerializer())),
          topics,
          topics::close);
    } catch (RuntimeException e) {
      topics.close();
      throw e;
    }
  }

  /**
   * Sends all records to a topic and waits until each is acknowledged or has failed. A record that
   * Kafka refuses for a reason of its own is counted and does not stop the others. When the thread
   * is interrupted, nothing more is taken from the iterator, what was sent is awaited, the result
   * covers that, and the interrupt flag stays set.
   *
   * @param topic has to exist
   * @param records taken one by one as they are sent
   * @param pace how fast to send
   * @param ledger gets a line per outcome; it is not closed
   * @param progress called about once per second and at the end
   * @return what became of the records
   * @throws ProducerException if no broker answers, the topic does not exist, the ledger cannot be
   *     written, or sending fails for a reason that would meet all further records too (broker
   *     gone, access denied): the message has the numbers and the first failure
   */
  public ProductionResult produce(
      String topic,
      Iterator<OutgoingRecord> records,
      Pace pace,
      ProductionLedger ledger,
      ProgressListener progress) {
    topics.require(topic);
    Tally tally = new Tally(topic, ledger);
    long start = System.nanoTime();
    try {
      sendAll(topic, records, Pacer.of(pace), tally, progress);
    } finally {
      flush(topic, tally);
    }
    Duration elapsed = since(start);
    progress.progressed(tally.acknowledged(), tally.failed(), elapsed);
    tally.fatal().ifPresent(failure -> stop(topic, tally, failure));
    return tally.result(elapsed);
  }

  @Override
  public void close() {
    try {
      Uninterrupted.run(() -> kafka.close(CLOSE_TIMEOUT));
    } finally {
      closeTopics.run();
    }
  }

  private void sendAll(
      String topic,
      Iterator<OutgoingRecord> records,
      Pacer pacer,
      Tally tally,
      ProgressListener progress) {
    long start = System.nanoTime();
    long reported = start;
    while (tally.fatal().isEmpty()
        && !Thread.currentThread().isInterrupted()
        && records.hasNext()) {
      pacer.awaitTurn();
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      send(topic, records.next(), tally);
      long now = System.nanoTime();
      if (now - reported >= PROGRESS_NANOS) {
        reported = now;
        progress.progressed(tally.acknowledged(), tally.failed(), since(start));
      }
    }
  }

  private void send(String topic, OutgoingRecord record, Tally tally) {
    try {
      Future<RecordMetadata> unused =
          kafka.send(
              new ProducerRecord<>(topic, record.key(), record.value()), tally.callbackFor(record));
    } catch (InterruptException e) {
      // Kafka has not taken the record and has set the interrupt flag again: the loop ends there.
    } catch (KafkaException e) {
      tally.fail(record, null, e);
    }
  }

  private void flush(String topic, Tally tally) {
    try {
      Uninterrupted.run(kafka::flush);
    } catch (InterruptException e) {
      throw new ProducerException(
          "Interrupted twice while waiting for topic '"
              + topic
              + "': "
              + tally.acknowledged()
              + " records are acknowledged, others may have arrived too.",
          e);
    }
  }

  private static void stop(String topic, Tally tally, Exception failure) {
    if (failure instanceof ProducerException known) {
      throw known;
    }
    throw new ProducerException(
        "Sending to topic '"
            + topic
            + "' stopped after "
            + tally.acknowledged()
            + " acknowledged and "
            + tally.failed()
            + " failed records. First failure: "
            + tally.result(Duration.ZERO).firstFailure().orElseThrow()
            + " Check that the broker is up and lets you write, then produce the rest.",
        failure);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
