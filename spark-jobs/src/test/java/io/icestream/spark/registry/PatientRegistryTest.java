/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatientRegistryTest {
  private static final SchemaId ID = new SchemaId.Numbered(7);

  @Test
  void waitsLongerAndLongerUpToALimit() {
    // given: a registry that is away for twelve questions
    AtomicInteger asked = new AtomicInteger();
    List<Duration> waits = new ArrayList<>();
    SchemaRegistry away =
        id -> {
          if (asked.incrementAndGet() <= 12) {
            throw new RegistryUnavailableException("away");
          }
          return Optional.empty();
        };

    // when
    var found = new PatientRegistry(away, "here", 3, waits::add).byId(ID);

    // then
    assertThat(found).isEmpty();
    assertThat(waits).hasSize(12).isSorted().startsWith(PatientRegistry.FIRST_WAIT);
    assertThat(waits.get(11)).isEqualTo(PatientRegistry.LONGEST_WAIT);
  }

  @Test
  void endsWithTheTaskThatAsks() {
    // given
    SchemaRegistry away =
        id -> {
          throw new RegistryUnavailableException("away");
        };
    Thread.currentThread().interrupt();

    // when, then
    assertThatThrownBy(() -> new PatientRegistry(away, "here", 3).byId(ID))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessage("Ended while waiting for schema 7 of the registry at here.");
    assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
  }

  @Test
  void doesNotRepeatADefect() {
    // given
    SchemaRegistry defective =
        id -> {
          throw new IllegalStateException("defect");
        };

    // when, then
    assertThatThrownBy(() -> new PatientRegistry(defective, "here", 3).byId(ID))
        .isInstanceOf(IllegalStateException.class);
  }
}
