/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.ProducerException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends the records of one source, such as an object, together with how far the source is: both in
 * one Kafka transaction, so that a reader of committed records sees either both or none. Whoever
 * opens the same source next goes on exactly behind the last commit, and whoever had it open before
 * can commit nothing any more. After an exception only {@link #close} may be called. Not
 * thread-safe.
 *
 * <p>Progress is a record of a topic of its own, keyed by the source. That topic has to keep it for
 * longer than a source may come again.
 */
public final class ResumableSender implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** How long the transaction of one that died holds up readers, if nobody opens the source. */
  private static final String TRANSACTION_MILLIS = "60000";

  private final Producer<byte[], byte[]> kafka;
  private final ResumableSource source;
  private final Optional<String> progress;
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private boolean open;

  private ResumableSender(
      Producer<byte[], byte[]> kafka, ResumableSource source, Optional<String> progress) {
    this.kafka = kafka;
    this.source = source;
    this.progress = progress;
  }

  /**
   * Takes a source over: ends what another has begun and not committed, then looks how far it is.
   *
   * @param since progress that was committed before is not looked at, because the source did not
   *     exist then
   * @throws ProducerException if Kafka does not answer, lets one not write, or the progress topic
   *     does not exist
   */
  public static ResumableSender open(
      ProducerSettings settings, ResumableSource source, Instant since) {
    Producer<byte[], byte[]> kafka =
        KafkaProblem.building(
            settings,
            () ->
                new KafkaProducer<>(
                    transactional(settings, source),
                    new ByteArraySerializer(),
                    new ByteArraySerializer()));
    try {
      kafka.initTransactions();
      return new ResumableSender(kafka, source, CommittedProgress.read(settings, source, since));
    } catch (KafkaException e) {
      kafka.close(CLOSE_TIMEOUT);
      throw failed(source, "cannot be opened", e);
    } catch (RuntimeException e) {
      kafka.close(CLOSE_TIMEOUT);
      throw e;
    }
  }

  /** How far the source was when it was opened; empty if nothing of it is committed. */
  public Optional<String> progress() {
    return progress;
  }

  /**
   * Sends a record, which nobody sees before {@link #commit}.
   *
   * @throws ProducerException if it or one before it was not taken
   */
  public void send(TopicRecord record) {
    try {
      begin();
      hand(RecordSender.toKafka(record));
      requireNoFailure();
    } catch (KafkaException e) {
      throw failed(source, "cannot be sent", e);
    }
  }

  /**
   * Commits what was sent since the last commit, and how far the source is with it. It need not be
   * anything.
   *
   * @throws ProducerException if it is not known to be committed: open the source again to see
   */
  public void commit(String reached) {
    try {
      begin();
      // Last, so that others' progress is held up for the time of the commit alone
      kafka.flush();
      requireNoFailure();
      hand(
          new ProducerRecord<>(
              source.progressTopic(), source.id().getBytes(UTF_8), reached.getBytes(UTF_8)));
      kafka.commitTransaction();
      open = false;
    } catch (KafkaException e) {
      throw failed(source, "cannot be committed", e);
    }
  }

  /** Gives up what was sent since the last commit. */
  @Override
  public void close() {
    Uninterrupted.run(
        () -> {
          try {
            if (open && failure.get() == null) {
              kafka.abortTransaction();
            }
          } catch (KafkaException e) {
            // The broker aborts it when its time is over, or the next who opens the source does
          } finally {
            kafka.close(CLOSE_TIMEOUT);
          }
        });
  }

  private void begin() {
    if (!open) {
      kafka.beginTransaction();
      open = true;
    }
  }

  private void hand(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused =
        kafka.send(
            record,
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }

  private void requireNoFailure() {
    Exception first = failure.get();
    if (first != null) {
      throw failed(source, "cannot be sent", first);
    }
  }

  private static ProducerException failed(ResumableSource source, String what, Exception cause) {
    return new ProducerException(
        "Records of "
            + source.id()
            + " "
            + what
            + ": "
            + Tally.describe(cause)
            + " Try again: nothing is lost or repeated by it.",
        cause);
  }

  private static Properties transactional(ProducerSettings settings, ResumableSource source) {
    Properties properties = settings.forProducer();
    properties.setProperty(ProducerConfig.TRANSACTIONAL_ID_CONFIG, source.transactionalId());
    properties.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS);
    return properties;
  }
}
