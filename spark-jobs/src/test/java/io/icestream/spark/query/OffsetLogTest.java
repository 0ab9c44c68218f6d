/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.source.KafkaTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetLogTest {
  @TempDir private Path checkpoint;
  private OffsetLog log;

  @BeforeEach
  void open() {
    log =
        new OffsetLog(
            checkpoint.toUri().toString(),
            new Configuration(false),
            new KafkaTopic("iot.readings", "id", 2));
  }

  @Test
  void isEmptyUntilABatchIsPlanned() throws IOException {
    assertThat(log.isEmpty()).isTrue();
    Files.createDirectories(checkpoint.resolve("offsets"));
    assertThat(log.isEmpty()).isTrue();
    batch(0, 5, "{\"iot.readings\":{\"0\":1}}");
    assertThat(log.isEmpty()).isFalse();
  }

  @Test
  void readsTheFirstBatchFromTheStartThatKafkaGave() throws IOException {
    // given
    start("\0v1\n{\"iot.readings\":{\"0\":3,\"1\":0}}");
    batch(0, 1_767_225_600_123L, "{\"iot.readings\":{\"0\":10,\"1\":4}}");

    // when
    var range = log.range(0);

    // then
    assertThat(range)
        .isEqualTo(
            new BatchRange(
                0,
                offsets(Map.of(0, 3L)),
                offsets(Map.of(0, 10L, 1, 4L)),
                Instant.ofEpochMilli(1_767_225_600_123L),
                true));
    assertThat(range.offsets()).isEqualTo(11);
  }

  @Test
  void readsTheStartOfSparkThatHasVersionAndOffsetsInOneLine() throws IOException {
    // given
    start("\0v1{\"iot.readings\":{\"0\":3}}");
    batch(0, 1, "{\"iot.readings\":{\"0\":10}}");

    // when, then
    assertThat(log.range(0).from()).isEqualTo(offsets(Map.of(0, 3L)));
  }

  @Test
  void readsALaterBatchFromTheEndOfTheOneBefore() throws IOException {
    // given
    start("\0v1\n{\"iot.readings\":{\"0\":0,\"1\":0}}");
    batch(0, 1, "{\"iot.readings\":{\"0\":10,\"1\":4}}");
    batch(1, 2, "{\"iot.readings\":{\"0\":10,\"1\":9,\"2\":1}}");

    // when
    var range = log.range(1);

    // then
    assertThat(range.from()).isEqualTo(offsets(Map.of(0, 10L, 1, 4L)));
    assertThat(range.to()).isEqualTo(offsets(Map.of(0, 10L, 1, 9L, 2, 1L)));
    assertThat(range.offsets()).isEqualTo(6);
  }

  @Test
  void givesTheSameRangeEachTimeItIsAsked() throws IOException {
    // given
    start("\0v1\n{\"iot.readings\":{\"0\":0}}");
    batch(0, 1, "{\"iot.readings\":{\"0\":10}}");

    // when, then
    assertThat(log.range(0)).isEqualTo(log.range(0));
  }

  @Test
  void failsOnABatchThatWasNeverPlanned() {
    assertThatThrownBy(() -> log.range(3))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("The checkpoint ")
        .hasMessageEndingWith(" cannot be read");
  }

  private void start(String content) throws IOException {
    write("sources/0/0", content);
  }

  private void batch(long number, long time, String offsets) throws IOException {
    write(
        "offsets/" + number,
        """
        v1
        {"batchWatermarkMs":0,"batchTimestampMs":%d,"conf":{"spark.sql.shuffle.partitions":"2"}}
        %s"""
            .formatted(time, offsets));
  }

  private void write(String file, String content) throws IOException {
    var path = checkpoint.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private static TopicOffsets offsets(Map<Integer, Long> partitions) {
    return new TopicOffsets("id", new TreeMap<>(partitions));
  }
}
