/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.commit.TopicOffsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StartOffsetsTest {

  @Test
  void namesEveryPartitionInTheConnectorsJson() {
    // given
    var end = new TopicOffsets("id", new TreeMap<>(Map.of(0, 120L, 2, 98L)));

    // when
    var json = StartOffsets.json("iot.readings", end, 3);

    // then
    assertThat(json).isEqualTo("{\"iot.readings\":{\"0\":120,\"1\":0,\"2\":98}}");
  }
}
