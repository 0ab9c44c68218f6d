/* SPDX-License-Identifier: MIT */
package io.icestream.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShellTimesTest {

  @Test
  void addsUserAndSystemTimeOfTheChildren() {
    assertThat(ShellTimes.ofChildren("0m0.01s 0m0.02s\n1m2.500000s 0m3.25s\n"))
        .isCloseTo(65.75, within(1e-9));
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(() -> ShellTimes.ofChildren("0m0.01s 0m0.02s"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
