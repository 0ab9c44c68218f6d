/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void refusesATriggerBelowZero() {
    assertThatThrownBy(() -> new Pace(Duration.ofSeconds(-1), false, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Trigger has to be 0 or more, found PT-1S");
  }

  @Test
  void refusesABatchOfNoOffsets() {
    assertThatThrownBy(() -> new Pace(Duration.ZERO, false, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Offsets per batch have to be 1 or more, found 0");
  }
}
