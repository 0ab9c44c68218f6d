/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicOffsetsTest {

  @Test
  void areEqualWhetherOrNotAnEmptyPartitionIsNamed() {
    assertThat(Markers.at(5, 0, 7)).isEqualTo(Markers.at(5, 0, 7, 0));
    assertThat(Markers.at(0, 0)).isEqualTo(Markers.at());
    assertThat(Markers.at(5)).isNotEqualTo(Markers.at(6));
    assertThat(Markers.at(5)).isNotEqualTo(new TopicOffsets("other", Markers.at(5).partitions()));
  }

  @Test
  void countOffsetsBetweenPositions() {
    assertThat(Markers.at(10, 4, 3).since(Markers.at(7, 4))).isEqualTo(6);
    assertThat(Markers.at(10).since(Markers.at(10))).isZero();
  }

  @Test
  void areOrderedOnlyIfEveryPartitionIs() {
    assertThat(Markers.at(1, 2).isAtOrBefore(Markers.at(1, 2))).isTrue();
    assertThat(Markers.at(1, 2).isAtOrBefore(Markers.at(1, 3))).isTrue();
    assertThat(Markers.at(1).isAtOrBefore(Markers.at(1, 3))).isTrue();
    assertThat(Markers.at(1, 3).isAtOrBefore(Markers.at(1))).isFalse();
    assertThat(Markers.at(2, 2).isAtOrBefore(Markers.at(1, 9))).isFalse();
  }

  @Test
  void readAsPartitionAndOffset() {
    assertThat(Markers.at(120, 0, 98).describe()).isEqualTo("0:120 2:98");
    assertThat(Markers.at().describe()).isEqualTo("the start");
  }

  @Test
  void aRangeCountsItsOffsets() {
    assertThat(Markers.range(Markers.at(5, 5), Markers.at(8, 5, 2)).offsets()).isEqualTo(5);
  }
}
