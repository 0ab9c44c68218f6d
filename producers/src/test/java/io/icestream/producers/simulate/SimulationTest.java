/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.ProducerException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SimulationTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration STEP = Duration.ofMillis(10);

  @Test
  void spacesNominalTimesByTheStep() {
    // given a step that is no whole number of milliseconds
    var simulation = new Simulation(10, 1, 0, START, Duration.ofNanos(1_500_000));

    // when
    long third = simulation.millisAt(3);

    // then
    assertThat(third).isEqualTo(START.toEpochMilli() + 4);
  }

  @Test
  void rejectsACountBelowOne() {
    assertThatThrownBy(() -> new Simulation(0, 1, 20, START, STEP))
        .isInstanceOf(ProducerException.class)
        .hasMessage("Count is 0: give the number of records to simulate, 1 or more.");
  }

  @Test
  void rejectsAShareOutsideOfTheThousand() {
    assertThatThrownBy(() -> new Simulation(1, 1, 1001, START, STEP))
        .isInstanceOf(ProducerException.class)
        .hasMessage(
            "Bad permille is 1001: give a share of bad records from 0 (none) to 1000 (all).");
  }

  @Test
  void rejectsAStartBeforeTheComputerAge() {
    assertThatThrownBy(() -> new Simulation(1, 1, 20, Instant.EPOCH, STEP))
        .isInstanceOf(ProducerException.class)
        .hasMessage("Start is 1970-01-01T00:00:00Z: give a time from 1971 to 9999.");
  }

  @Test
  void rejectsAStepOfZero() {
    assertThatThrownBy(() -> new Simulation(1, 1, 20, START, Duration.ZERO))
        .isInstanceOf(ProducerException.class)
        .hasMessage("Step is PT0S: give a time between two records of more than zero.");
  }

  @Test
  void rejectsARunBeyondTheCalendar() {
    assertThatThrownBy(() -> new Simulation(Long.MAX_VALUE, 1, 20, START, Duration.ofHours(1)))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("Count 9223372036854775807 with step PT1H from 2026-01-01T00:00:00Z")
        .hasMessageContaining("give a smaller count or step");
  }

  @Test
  void rejectsAnEmptyFleet() {
    assertThatThrownBy(() -> Fleet.of(0))
        .isInstanceOf(ProducerException.class)
        .hasMessage("Fleet size is 0: give a number of devices from 1 to 1000000.");
  }

  @Test
  void keepsADeviceTheSameInFleetsOfAnySize() {
    // given
    var small = Fleet.of(3);

    // when
    var large = Fleet.ofDefaultSize();

    // then
    assertThat(large.devices()).hasSize(100).startsWith(small.devices().toArray(Device[]::new));
    assertThat(large.devices())
        .extracting(Device::deviceId)
        .doesNotHaveDuplicates()
        .startsWith("dev-0001", "dev-0002");
  }
}
