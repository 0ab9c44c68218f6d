/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.icestream.producers.ProducerException;
import io.icestream.producers.ledger.LedgerFile;
import io.icestream.producers.ledger.LedgerLine;
import io.icestream.producers.ledger.ProductionLedger;
import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicProducerTest {

  private static final String TOPIC = "t";

  @TempDir private Path directory;

  /** Kafka's fake acknowledges at once, unless the failure of a record is set. */
  private final FailingProducer kafka = new FailingProducer();

  private final TopicProducer producer = new TopicProducer(kafka, topic -> {}, () -> {});

  @Test
  void countsAcknowledgedRecordsByClass() {
    // given
    var records =
        List.of(
            sent("a", RecordClass.GOOD),
            sent("b", RecordClass.GOOD),
            sent("c", RecordClass.MALFORMED));

    // when
    var result = produce(records.iterator(), ProductionLedger.none());

    // then
    assertThat(result.acknowledged()).isEqualTo(3);
    assertThat(result.failed()).isZero();
    assertThat(result.firstFailure()).isEmpty();
    assertThat(result.byClass())
        .containsEntry(RecordClass.GOOD, 2L)
        .containsEntry(RecordClass.MALFORMED, 1L)
        .containsEntry(RecordClass.LATE, 0L)
        .hasSize(5);
    assertThat(kafka.history()).extracting(ProducerRecord::topic).containsOnly(TOPIC);
    assertThat(kafka.history())
        .extracting(sent -> new String(sent.value(), UTF_8))
        .containsExactly("a", "b", "c");
  }

  @Test
  void takesDownEachOutcome() {
    // given
    kafka.failures.put(1, new RecordTooLargeException("too large"));
    var file = directory.resolve("ledger.tsv");

    // when
    try (var ledger = ProductionLedger.toFile(file)) {
      var unused = produce(numbers(3), ledger);
    }

    // then
    try (var lines = LedgerFile.read(file)) {
      assertThat(lines)
          .extracting(LedgerLine::topic, LedgerLine::offset)
          .containsExactly(at(0), at(-1), at(2));
    }
  }

  @Test
  void goesOnAfterARecordThatKafkaRefuses() {
    // given
    kafka.failures.put(1, new RecordTooLargeException("the first"));
    kafka.failures.put(3, new RecordTooLargeException("the second"));

    // when
    var result = produce(numbers(5), ProductionLedger.none());

    // then
    assertThat(result.acknowledged()).isEqualTo(3);
    assertThat(result.failed()).isEqualTo(2);
    assertThat(result.firstFailure()).contains("RecordTooLargeException: the first");
  }

  @Test
  void stopsWhenTheBrokerIsGone() {
    // given
    kafka.failures.put(2, new TimeoutException("Expiring 1 record(s)"));
    var records = numbers(100);

    // then
    assertThatThrownBy(() -> produce(records, ProductionLedger.none()))
        .isInstanceOf(ProducerException.class)
        .hasMessageStartingWith(
            "Sending to topic 't' stopped after 2 acknowledged and 1 failed records. First failure: TimeoutException: Expiring 1 record(s)");
    assertThat(records.next().value()).asString(UTF_8).isEqualTo("3");
  }

  @Test
  void stopsWhenTheLedgerCannotBeWritten() {
    // given
    var ledger = ProductionLedger.toFile(directory.resolve("ledger.tsv"));
    ledger.close();

    // then
    assertThatThrownBy(() -> produce(numbers(3), ledger))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("is closed");
  }

  @Test
  void stopsAndKeepsTheInterruptWhenInterrupted() {
    // given
    var records =
        // the iterator looks one record ahead
        observed(
            5,
            index -> {
              if (index == 2) {
                Thread.currentThread().interrupt();
              }
            });

    // when
    var result = produce(records, ProductionLedger.none());
    boolean interrupted = Thread.interrupted();

    // then
    assertThat(interrupted).isTrue();
    assertThat(result.acknowledged()).isEqualTo(2);
    assertThat(kafka.flushed()).isTrue();
  }

  @Test
  void flushesWhatWasSentWhenTheRecordsFail() {
    // given
    var records =
        observed(
            5,
            index -> {
              if (index == 2) {
                throw new ProducerException("The file ends here");
              }
            });

    // then
    assertThatThrownBy(() -> produce(records, ProductionLedger.none()))
        .hasMessage("The file ends here");
    assertThat(kafka.history()).hasSize(2);
    assertThat(kafka.flushed()).isTrue();
  }

  @Test
  void looksForTheTopicBeforeItTakesARecord() {
    // given
    var strict =
        new TopicProducer(
            kafka,
            topic -> {
              throw new ProducerException("No " + topic);
            },
            () -> {});
    var records = numbers(1);

    // then
    assertThatThrownBy(
            () ->
                strict.produce(
                    TOPIC,
                    records,
                    Pace.unlimited(),
                    ProductionLedger.none(),
                    ProgressListener.none()))
        .hasMessage("No t");
    assertThat(records.hasNext()).isTrue();
  }

  @Test
  void reportsTheFinalNumbersAsProgress() {
    // given
    List<Long> heard = new ArrayList<>();

    // when
    var unused =
        producer.produce(
            TOPIC,
            numbers(4),
            Pace.perSecond(1000),
            ProductionLedger.none(),
            (acknowledged, failed, elapsed) -> heard.add(acknowledged));

    // then
    assertThat(heard).last().isEqualTo(4L);
  }

  @Test
  void closesKafkaAndItsTopics() {
    // given
    List<String> closed = new ArrayList<>();
    var closing = new TopicProducer(kafka, topic -> {}, () -> closed.add("topics"));

    // when
    closing.close();

    // then
    assertThat(kafka.closed()).isTrue();
    assertThat(closed).containsExactly("topics");
  }

  private ProductionResult produce(Iterator<OutgoingRecord> records, ProductionLedger ledger) {
    return producer.produce(TOPIC, records, Pace.unlimited(), ledger, ProgressListener.none());
  }

  private static Tuple at(long offset) {
    return tuple(TOPIC, offset);
  }

  private static Iterator<OutgoingRecord> numbers(int count) {
    return observed(count, index -> {});
  }

  private static Iterator<OutgoingRecord> observed(int count, IntConsumer beforeEach) {
    return IntStream.range(0, count)
        .peek(beforeEach)
        .mapToObj(i -> sent(String.valueOf(i), RecordClass.GOOD))
        .iterator();
  }

  private static OutgoingRecord sent(String value, RecordClass recordClass) {
    return new OutgoingRecord(null, value.getBytes(UTF_8), recordClass);
  }
}
