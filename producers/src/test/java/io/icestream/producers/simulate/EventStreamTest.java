/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every simulator. */
class EventStreamTest {

  private static Stream<Arguments> simulators() {
    return Stream.of(
        simulator("sensors", s -> new IotSensors(s, Fleet.ofDefaultSize())),
        simulator("logs", WebLogs::new),
        simulator("clicks", Clicks::new));
  }

  private static Arguments simulator(
      String name, Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    return Arguments.argumentSet(name, simulator);
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void givesTheSameBytesForTheSameSettings(
      Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    // given
    var first = Drawn.from(100, simulator);

    // when
    var second = Drawn.from(100, simulator);

    // then
    assertThat(second.records()).isEqualTo(first.records());
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void givesOtherBytesForAnotherSeed(Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    // given
    var first = Drawn.from(new Simulation(100, 1, 0, Drawn.START, Drawn.STEP), simulator);

    // when
    var second = Drawn.from(new Simulation(100, 2, 0, Drawn.START, Drawn.STEP), simulator);

    // then
    assertThat(second.records()).doesNotContainAnyElementsOf(first.records());
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void splitsTheBadShareEvenlyOverTheClasses(
      Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    // given a share of 20 percent
    var drawn = Drawn.from(200, simulator);

    // when
    Map<RecordClass, Long> counts =
        drawn.records().stream().collect(groupingBy(OutgoingRecord::recordClass, counting()));

    // then each bad class has about 5 percent
    assertThat(drawn.records()).hasSize(Drawn.COUNT);
    assertThat(counts.get(RecordClass.GOOD)).isBetween(39_200L, 41_000L);
    assertThat(counts).hasSize(5);
    counts.forEach(
        (recordClass, count) -> {
          if (recordClass != RecordClass.GOOD) {
            assertThat(count).as(recordClass.label()).isBetween(2_250L, 2_750L);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void givesOnlyGoodRecordsForAShareOfZero(
      Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    // when
    var drawn = Drawn.from(0, simulator);

    // then
    assertThat(drawn.records())
        .extracting(OutgoingRecord::recordClass)
        .containsOnly(RecordClass.GOOD);
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void holdsLateAndDuplicateRecordsBackAtFirst(
      Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    // given
    var drawn = Drawn.from(500, simulator);

    // when
    var head = drawn.records().subList(0, 1000);

    // then
    assertThat(head)
        .extracting(OutgoingRecord::recordClass)
        .containsOnly(RecordClass.GOOD, RecordClass.MALFORMED, RecordClass.OUT_OF_RANGE);
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void repeatsAGoodRecordOfTheLastTwoHundred(
      Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    // when even good records are rare
    var records = Drawn.from(900, simulator).records();

    // then
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).recordClass() == RecordClass.DUPLICATE) {
        assertThat(records.subList(i - 200, i)).contains(records.get(i).as(RecordClass.GOOD));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void endsAfterItsCount(Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    // given
    var events = simulator.apply(new Simulation(1, 1, 0, Drawn.START, Drawn.STEP));

    // when
    var only = events.next();

    // then
    assertThat(only.recordClass()).isEqualTo(RecordClass.GOOD);
    assertThat(events.hasNext()).isFalse();
    assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void neverWritesALineEnd(Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    // when
    var drawn = Drawn.from(500, simulator);

    // then
    assertThat(drawn.records())
        .extracting(Drawn::text)
        .noneMatch(text -> text.contains("\n") || text.contains("\r"));
  }
}
