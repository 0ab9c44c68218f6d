/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Fence.Decision;
import io.icestream.spark.decode.EventTimes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SinkStatesTest {
  private static final BatchRange RANGE = Markers.range(Markers.at(10), Markers.at(20));
  private static final Map<String, Chain> CHAINS =
      Map.of("a", Chain.GAPLESS, "b", Chain.GAPLESS, "q", Chain.SPARSE);

  private final Map<String, Optional<Marker>> markers = new LinkedHashMap<>();

  @Test
  void startsWithoutEventTimesWhereNothingWasCommitted() {
    // given
    markers.put("a", Optional.empty());
    markers.put("q", Optional.empty());

    // when
    var states = SinkStates.of(markers, CHAINS, RANGE);

    // then
    assertThat(states.decisions()).containsEntry("a", Decision.COMMIT);
    assertThat(states.timesBefore()).isEqualTo(EventTimes.NONE);
    assertThat(states.lookups()).isEmpty();
    assertThat(states.isComplete()).isFalse();
  }

  @Test
  void goesOnFromTheTimesAfterTheBatchBefore() {
    // given
    markers.put(
        "a",
        Optional.of(
            Markers.marker(Markers.at(0), Markers.at(10), 100, 200, Map.of("devices", 1L))));

    // when
    var states = SinkStates.of(markers, CHAINS, RANGE);

    // then
    assertThat(states.timesBefore()).isEqualTo(Markers.times(200));
    assertThat(states.lookups()).as("a new batch may use newer lookups").isEmpty();
  }

  @Test
  void repeatsTheTimesAndLookupsOfTheSinkThatHasTheBatch() {
    // given
    markers.put(
        "a",
        Optional.of(
            Markers.marker(Markers.at(10), Markers.at(20), 200, 300, Map.of("devices", 2L))));
    markers.put(
        "b",
        Optional.of(
            Markers.marker(Markers.at(0), Markers.at(10), 100, 200, Map.of("devices", 1L))));

    // when
    var states = SinkStates.of(markers, CHAINS, RANGE);

    // then
    assertThat(states.decisions())
        .containsEntry("a", Decision.SKIP)
        .containsEntry("b", Decision.COMMIT);
    assertThat(states.timesBefore()).isEqualTo(Markers.times(200));
    assertThat(states.lookups()).isEqualTo(Map.of("devices", 2L));
  }

  @Test
  void repeatsThemWhicheverSinkIsNamedFirst() {
    // given
    markers.put(
        "b", Optional.of(Markers.marker(Markers.at(0), Markers.at(10), 100, 200, Map.of())));
    markers.put(
        "a",
        Optional.of(
            Markers.marker(Markers.at(10), Markers.at(20), 200, 300, Map.of("devices", 2L))));

    // when
    var states = SinkStates.of(markers, CHAINS, RANGE);

    // then
    assertThat(states.timesBefore()).isEqualTo(Markers.times(200));
    assertThat(states.lookups()).isEqualTo(Map.of("devices", 2L));
  }

  @Test
  void isCompleteWhenEverySinkHasTheBatch() {
    // given
    markers.put("a", Optional.of(Markers.marker(Markers.at(10), Markers.at(20))));
    markers.put("b", Optional.of(Markers.marker(Markers.at(10), Markers.at(20))));

    // when
    var states = SinkStates.of(markers, CHAINS, RANGE);

    // then
    assertThat(states.isComplete()).isTrue();
  }
}
