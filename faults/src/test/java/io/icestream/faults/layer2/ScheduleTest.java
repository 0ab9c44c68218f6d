/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void isTheSameForTheSameSeed() {
    // when
    List<Schedule> once = schedules(1, 200);
    List<Schedule> again = schedules(1, 200);

    // then
    assertThat(once).isEqualTo(again);
  }

  @Test
  void differsFromSeedToSeed() {
    assertThat(schedules(1, 200).stream().map(Schedule::events).toList()).doesNotHaveDuplicates();
  }

  @Test
  void hasEachDisturbanceInAsManySeedsAsThereAre() {
    // when
    Set<Disturbance> first = EnumSet.noneOf(Disturbance.class);
    schedules(1, Disturbance.values().length).forEach(s -> first.add(s.events().get(0).what()));

    // then
    assertThat(first).isEqualTo(EnumSet.allOf(Disturbance.class));
  }

  @Test
  void hasEachDisturbanceBehindAnotherOneToo() {
    // when
    Set<Disturbance> second = EnumSet.noneOf(Disturbance.class);
    schedules(1, 200).stream()
        .filter(s -> s.events().size() > 1)
        .forEach(s -> second.add(s.events().get(1).what()));

    // then
    assertThat(second).isEqualTo(EnumSet.allOf(Disturbance.class));
  }

  @Test
  void namesItsSeedAndWhatHappens() {
    // given
    Schedule schedule = Schedule.of(Disturbance.BROKER_KILLED.ordinal());

    // then
    assertThat(schedule.describe())
        .startsWith("seed " + Disturbance.BROKER_KILLED.ordinal() + ": broker_killed after ");
  }

  private static List<Schedule> schedules(long first, int count) {
    return LongStream.range(first, first + count).mapToObj(Schedule::of).toList();
  }
}
