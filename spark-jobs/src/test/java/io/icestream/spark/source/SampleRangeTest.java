/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SampleRangeTest {
  private static final TreeMap<Integer, Long> START = new TreeMap<>(Map.of(0, 5L, 1, 0L, 2, 7L));
  private static final TreeMap<Integer, Long> END = new TreeMap<>(Map.of(0, 100L, 1, 2L, 2, 7L));

  @Test
  void takesTheEndOfEachPartition() {
    // when
    SampleRange range = SampleRange.newest(START, END, 10);

    // then
    assertThat(range.from()).isEqualTo(Map.of(0, 92L, 1, 0L, 2, 7L));
    assertThat(range.to()).isEqualTo(END);
  }

  @Test
  void takesWhatIsNextInEachPartition() {
    // when
    SampleRange range = SampleRange.next(START, END, 3);

    // then
    assertThat(range.from()).isEqualTo(START);
    assertThat(range.to()).isEqualTo(Map.of(0, 7L, 1, 1L, 2, 7L));
  }

  @Test
  void takesAllWhereThereIsLess() {
    // when
    SampleRange range = SampleRange.newest(START, END, 1000);

    // then
    assertThat(range.from()).isEqualTo(START);
  }
}
