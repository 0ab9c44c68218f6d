/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.faults.inject.Event;
import io.icestream.faults.inject.FaultPoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which combinations there are, and how one is found again. */
class CombinationTest {
  private static final List<Combination> ALL = Combination.all();

  @Test
  void giveEachCombinationANameOfItsOwn() {
    assertThat(ALL).extracting(Combination::name).doesNotHaveDuplicates();
  }

  @Test
  void areThoseOfAllDimensions() {
    // 8 points of tables for 2 tables each and 2 of the batch, where a driver can crash; 4 and 2
    // where another can take over; 2 tables for each of the 4 other events; 3 kinds of restart
    int faults = (8 * 2 + 2) + (4 * 2 + 2) + 4 * 2;

    assertThat(ALL).hasSize(faults * 3 * Combination.MOST_SINKS * SinkMode.all().size());
  }

  @Test
  void crashAtEveryPointWithEveryRestartForEverySinkMode() {
    for (SinkMode mode : SinkMode.all()) {
      for (FaultPoint point : FaultPoint.values()) {
        for (Restart restart : Restart.values()) {
          for (int sinks = 1; sinks <= Combination.MOST_SINKS; sinks++) {
            int count = sinks;
            assertThat(ALL)
                .anyMatch(
                    c ->
                        c.event() == Event.CRASH
                            && c.point() == point
                            && c.restart() == restart
                            && c.sinks() == count
                            && c.mode().equals(mode));
          }
        }
      }
    }
  }

  @Test
  void areFoundAgainByTheirNames() {
    for (Combination combination : List.of(ALL.get(0), ALL.get(ALL.size() - 1))) {
      String name = combination.name();

      assertThat(Layer1.names(settings(Optional.of("^" + name + "$"), OptionalInt.empty(), 7)))
          .containsExactly(name);
    }
  }

  @Test
  void areSampledByTheSeedAlone() {
    List<String> sample = Layer1.names(settings(Optional.empty(), OptionalInt.of(30), 7));

    assertThat(Layer1.names(settings(Optional.empty(), OptionalInt.of(30), 7))).isEqualTo(sample);
    assertThat(Layer1.names(settings(Optional.empty(), OptionalInt.of(30), 8)))
        .isNotEqualTo(sample);
    assertThat(sample).doesNotHaveDuplicates().hasSize(30);
  }

  @Test
  void areSampledSoThatEachFaultOccurs() {
    List<Combination> sample = Sample.of(ALL, 3, ALL.size() / 5);

    assertThat(sample)
        .extracting(c -> List.of(c.event(), c.point(), c.target()))
        .containsAll(ALL.stream().map(c -> List.of(c.event(), c.point(), c.target())).toList());
    assertThat(sample)
        .extracting(c -> List.of(c.mode(), c.restart()))
        .containsAll(ALL.stream().map(c -> List.of(c.mode(), c.restart())).toList());
  }

  @Test
  void sendTheSameRecordsForTheSameSeed() {
    assertThat(Workload.of(5)).isEqualTo(Workload.of(5)).isNotEqualTo(Workload.of(6));
  }

  private static Layer1.Settings settings(Optional<String> only, OptionalInt sample, long seed) {
    return new Layer1.Settings(seed, only.map(Pattern::compile), sample, false);
  }
}
