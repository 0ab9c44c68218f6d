/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {
  private static final long FEW = Shares.WORTH_A_TASK / 10;
  private static final long MANY = Shares.WORTH_A_TASK * 10;

  @Test
  void readsFewRecordsInOneTaskInTheOrderOfTheirPartitions() {
    // when
    var shares = Shares.of(Map.of(1, 5L), Map.of(2, FEW, 0, 3L, 1, 9L), 8);

    // then
    assertThat(shares)
        .containsExactly(
            List.of(new TopicSlice(0, 0, 3), new TopicSlice(1, 5, 9), new TopicSlice(2, 0, FEW)));
  }

  @Test
  void dealsManyRecordsToTheTasksThatRunAtOnce() {
    // when
    var shares = Shares.of(Map.of(), Map.of(0, MANY, 1, MANY, 2, MANY, 3, MANY), 2);

    // then
    assertThat(shares)
        .hasSize(2)
        .allSatisfy(share -> assertThat(share).hasSize(2))
        .allSatisfy(share -> assertThat(share).isSortedAccordingTo(byPartition()));
  }

  @Test
  void leavesATaskToAPartitionThatHasMoreThanTheOthersTogether() {
    // when
    var shares = Shares.of(Map.of(), Map.of(0, 10L, 1, MANY, 2, 10L), 2);

    // then
    assertThat(shares)
        .containsExactlyInAnyOrder(
            List.of(new TopicSlice(1, 0, MANY)),
            List.of(new TopicSlice(0, 0, 10), new TopicSlice(2, 0, 10)));
  }

  @Test
  void readsNoPartitionThatHasNothingNew() {
    // when
    var shares = Shares.of(Map.of(0, 7L, 1, 7L), Map.of(0, 7L, 1, 7L), 2);

    // then
    assertThat(shares).isEmpty();
  }

  @Test
  void refusesAPartitionThatEndsBeforeItBegins() {
    // when, then
    assertThatThrownBy(() -> Shares.of(Map.of(3, 8L), Map.of(3, 7L), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Partition 3 cannot be read from 8 to 7");
  }

  private static Comparator<TopicSlice> byPartition() {
    return Comparator.comparingInt(TopicSlice::partition);
  }
}
