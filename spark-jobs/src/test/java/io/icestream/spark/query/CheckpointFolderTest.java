/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.recovery.CheckpointState;
import io.icestream.spark.recovery.CheckpointState.Absent;
import io.icestream.spark.recovery.CheckpointState.Damaged;
import io.icestream.spark.recovery.CheckpointState.Planned;
import io.icestream.spark.recovery.CheckpointState.Started;
import io.icestream.spark.source.KafkaTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

  @TempDir private Path home;
  private Path checkpoint;
  private CheckpointFolder folder;

  @BeforeEach
  void open() {
    checkpoint = home.resolve("iot");
    folder =
        new CheckpointFolder(
            checkpoint.toUri().toString(),
            new Configuration(false),
            new KafkaTopic("iot.readings", "id", 1));
  }

  @Test
  void isAbsentWhereThereIsNothing() throws IOException {
    assertThat(folder.state()).isEqualTo(new Absent());
    write("metadata", "{\"id\":\"x\"}");
    assertThat(folder.state()).isEqualTo(new Absent());
  }

  @Test
  void hasOnlyStartedBeforeItsFirstBatch() throws IOException {
    write("metadata", "{\"id\":\"x\"}");
    write("sources/0/0", "\0v1\n{\"iot.readings\":{\"0\":3}}");
    assertThat(folder.state())
        .isEqualTo(new Started(new TopicOffsets("id", new TreeMap<>(Map.of(0, 3L)))));
  }

  @Test
  void knowsWhetherItsNewestBatchIsDone() throws IOException {
    // given
    whole();

    // when
    CheckpointState under = folder.state();
    commit(4);
    CheckpointState done = folder.state();

    // then
    assertThat(under).isInstanceOfSatisfying(Planned.class, p -> assertThat(p.done()).isFalse());
    assertThat(done)
        .isInstanceOfSatisfying(
            Planned.class,
            p -> {
              assertThat(p.done()).isTrue();
              assertThat(p.last().to().partitions()).isEqualTo(Map.of(0, 50L));
            });
  }

  @Test
  void noticesAnEmptyOffsetFile() throws IOException {
    whole();
    write("offsets/4", "");
    assertDamaged("offsets/4 is empty or incomplete");
  }

  @Test
  void noticesAnOffsetFileThatIsCutOff() throws IOException {
    whole();
    write("offsets/3", "v1\n{\"batchWatermarkMs\":0,\"batchTimestampMs\":1}\n{\"iot.rea");
    assertDamaged("offsets/3 is empty or incomplete");
  }

  @Test
  void noticesAHoleBelowTheNewestBatch() throws IOException {
    whole();
    Files.delete(checkpoint.resolve("offsets/3"));
    assertDamaged("offsets/3 is missing, below offsets/4");
  }

  @Test
  void noticesACommitLogThatTrailsByMoreThanOneBatch() throws IOException {
    whole();
    Files.delete(checkpoint.resolve("commits/3"));
    assertDamaged(
        "the newest commit is commits/2, and the newest planned batch offsets/4: at most one batch"
            + " can be under way");
  }

  @Test
  void noticesACommitLogThatIsAhead() throws IOException {
    whole();
    commit(4);
    commit(5);
    assertDamaged("commits/5 is there and offsets/5 is not");
  }

  @Test
  void noticesAnEmptyCommit() throws IOException {
    whole();
    write("commits/3", "");
    assertDamaged("commits/3 is empty or incomplete");
  }

  @Test
  void noticesThatItsMetadataOrItsStartIsMissing() throws IOException {
    whole();
    Files.delete(checkpoint.resolve("metadata"));
    Files.delete(checkpoint.resolve("sources/0/0"));
    assertDamaged("sources/0/0 is missing", "metadata is missing");
  }

  @Test
  void noticesOffsetsOfAnotherTopic() throws IOException {
    write("sources/0/0", "\0v1\n{\"other\":{\"0\":3}}");
    assertDamaged("sources/0/0 has offsets of [other], and the topic is 'iot.readings'");
  }

  @Test
  void noticesAFileWhoseChecksumDiffers() throws IOException {
    // given
    whole();
    var path = new org.apache.hadoop.fs.Path(checkpoint.resolve("offsets/4").toUri());
    Files.delete(checkpoint.resolve("offsets/4"));
    try (var stream = path.getFileSystem(new Configuration(false)).create(path)) {
      stream.writeBytes("v1\n{\"batchTimestampMs\":1}\n{\"iot.readings\":{\"0\":50}}");
    }

    // when
    write("offsets/4", "v1\n{\"batchTimestampMs\":1}\n{\"iot.readings\":{\"0\":90}}");

    // then
    assertDamaged("offsets/4 is not what was written: its checksum differs");
  }

  @Test
  void isMovedAsideAsAWhole() throws IOException {
    // given
    whole();

    // when
    folder.setAside(NOW);
    folder.setAside(NOW);

    // then
    assertThat(checkpoint).doesNotExist();
    assertThat(home.resolve("iot.set-aside-20260131T120000123Z/offsets/4")).exists();
    assertThat(folder.state()).isEqualTo(new Absent());
  }

  private void assertDamaged(String... problems) {
    assertThat(folder.state())
        .isInstanceOfSatisfying(
            Damaged.class, damaged -> assertThat(damaged.problems()).containsExactly(problems));
  }

  /** Batches 2 to 4, of which 4 is under way. */
  private void whole() throws IOException {
    write("metadata", "{\"id\":\"x\"}");
    write("sources/0/0", "\0v1\n{\"iot.readings\":{\"0\":0}}");
    for (int batch = 2; batch <= 4; batch++) {
      write(
          "offsets/" + batch,
          "v1\n{\"batchWatermarkMs\":0,\"batchTimestampMs\":1}\n{\"iot.readings\":{\"0\":%d}}"
              .formatted(10 * batch + 10));
    }
    commit(2);
    commit(3);
  }

  private void commit(int batch) throws IOException {
    write("commits/" + batch, "v1\n{\"nextBatchWatermarkMs\":0}");
  }

  private void write(String file, String content) throws IOException {
    Path path = checkpoint.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
