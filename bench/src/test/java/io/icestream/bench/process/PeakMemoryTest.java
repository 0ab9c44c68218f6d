/* SPDX-License-Identifier: MIT */
package io.icestream.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {

  @Test
  void isTheHighWaterMarkInBytes() {
    assertThat(PeakMemory.of(List.of("Name:\tjava", "VmPeak:\t 9999 kB", "VmHWM:\t  2048 kB")))
        .isEqualTo(2L << 20);
  }

  @Test
  void isNothingForAProcessThatHasEnded() {
    assertThat(PeakMemory.of(List.of("Name:\tjava", "State:\tZ (zombie)"))).isZero();
  }
}
