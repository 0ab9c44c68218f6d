/* SPDX-License-Identifier: MIT */
package io.icestream.spark.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** With Kafka's own stand-in for its client; with a broker it is each pipeline's reading. */
class PartitionReaderTest {
  private static final TopicPartition PARTITION = new TopicPartition("iot", 0);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>(OffsetResetStrategy.NONE);
  private final PartitionReader reader =
      new PartitionReader(kafka, PARTITION, Duration.ofMillis(1));

  @Test
  void endsWhereTheSliceEndsAndKeepsTheRestForTheNextOne() {
    // given
    has(0, 1, 2, 3, 4, 5);

    // when
    List<Long> first = offsets(new TopicSlice(0, 0, 4));
    kafka.schedulePollTask(() -> has(6)); // what was sent before is not asked for again
    List<Long> second = offsets(new TopicSlice(0, 4, 7));

    // then
    assertThat(first).containsExactly(0L, 1L, 2L, 3L);
    assertThat(second).containsExactly(4L, 5L, 6L);
  }

  @Test
  void passesOverOffsetsThatHaveNoRecord() {
    // given
    has(0, 3, 9);

    // when
    List<Long> first = offsets(new TopicSlice(0, 0, 3));
    List<Long> second = offsets(new TopicSlice(0, 3, 9));
    List<Long> third = offsets(new TopicSlice(0, 9, 10));

    // then
    assertThat(first).containsExactly(0L);
    assertThat(second).containsExactly(3L);
    assertThat(third).containsExactly(9L);
  }

  @Test
  void endsASliceWhoseLastOffsetsAreMarkersOfTransactions() {
    // given
    has(0, 1);
    kafka.schedulePollTask(() -> {});
    kafka.schedulePollTask(() -> kafka.seek(PARTITION, 4)); // as the client passes markers

    // when
    List<Long> read = offsets(new TopicSlice(0, 0, 4));

    // then
    assertThat(read).containsExactly(0L, 1L);
  }

  @Test
  void readsASliceAgain() {
    // given
    has(0, 1, 2);
    offsets(new TopicSlice(0, 0, 3));
    kafka.schedulePollTask(() -> has(0, 1, 2));

    // when
    List<Long> again = offsets(new TopicSlice(0, 1, 3));

    // then
    assertThat(again).containsExactly(1L, 2L);
  }

  @Test
  void failsWhereKafkaDoesNotHaveTheSliceAnyMore() {
    // given
    kafka.updateBeginningOffsets(Map.of(PARTITION, 50L));
    kafka.setPollException(new OffsetOutOfRangeException(Map.of(PARTITION, 3L)));

    // when, then
    assertThatThrownBy(() -> offsets(new TopicSlice(0, 3, 60)))
        .isInstanceOf(OffsetOutOfRangeException.class);
  }

  @Test
  void doesNotWaitForEverForRecordsThatDoNotCome() {
    // when, then
    assertThatThrownBy(() -> offsets(new TopicSlice(0, 0, 1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith("Kafka has sent nothing of iot-0 from offset 0 on");
  }

  private void has(long... offsets) {
    for (long offset : offsets) {
      byte[] value = ("record " + offset).getBytes(UTF_8);
      kafka.addRecord(new ConsumerRecord<>("iot", 0, offset, null, value));
    }
  }

  private List<Long> offsets(TopicSlice slice) {
    List<Long> offsets = new ArrayList<>();
    reader
        .read(slice)
        .forEachRemaining(
            record -> {
              assertThat(new String(record.value(), UTF_8)).isEqualTo("record " + record.offset());
              offsets.add(record.offset());
            });
    return offsets;
  }
}
