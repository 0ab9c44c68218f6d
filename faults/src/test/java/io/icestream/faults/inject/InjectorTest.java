/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.commit.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fault happens, where it should and once. */
class InjectorTest {
  private static final String TABLE = "db.t";

  private final Beside beside = new Beside();
  private Injector injector;

  @AfterEach
  void close() {
    injector.close();
  }

  @Test
  void crashesInItsBatchAtItsTableAndNowhereElse() {
    install(Event.CRASH, FaultPoint.AFTER_FILES);
    batch("db.other", CrashPoint.values());
    batch(TABLE, CrashPoint.BEFORE_FILES); // of the second batch

    assertThatThrownBy(() -> injector.reached(CrashPoint.AFTER_FILES, TABLE))
        .isInstanceOf(SimulatedCrash.class);
    assertThat(injector.hasStruck()).isTrue();
  }

  @Test
  void keepsTheDeadFromComingToAnyOtherPoint() {
    install(Event.CRASH, FaultPoint.BATCH_PLANNED);
    batch(TABLE, CrashPoint.values());
    crash(CrashPoint.BATCH_PLANNED);

    for (CrashPoint point : CrashPoint.values()) {
      crash(point);
    }
  }

  @Test
  void keepsTheDeadFromWritingAndDeletingFiles(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.parquet"), "rows");
    CrashingFileIO io = new CrashingFileIO();
    io.setConf(new Configuration());
    install(Event.CRASH, FaultPoint.BATCH_PLANNED);
    batch(TABLE, CrashPoint.values());
    crash(CrashPoint.BATCH_PLANNED);

    assertThatThrownBy(() -> io.deleteFile(file.toString())).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(() -> io.newOutputFile(folder + "/b").create())
        .isInstanceOf(SimulatedCrash.class);
    assertThat(file).exists();

    // when
    injector.revive();
    io.deleteFile(file.toString());

    // then
    assertThat(file).doesNotExist();
  }

  @Test
  void crashesWhenAFileOfTheTableThatIsCommittedIsComplete(@TempDir Path folder)
      throws IOException {
    CrashingFileIO io = new CrashingFileIO();
    io.setConf(new Configuration());
    install(Event.CRASH, FaultPoint.AFTER_METADATA);
    batch(TABLE, CrashPoint.values());
    batch(TABLE, CrashPoint.BEFORE_FILES);

    io.newOutputFile(folder + "/db/other/metadata/1.metadata.json").create().close();
    io.newOutputFile(folder + "/db/t/data/1.parquet").create().close();
    PositionOutputStream metadata =
        io.newOutputFile(folder + "/db/t/metadata/2.metadata.json").create();

    assertThatThrownBy(metadata::close).isInstanceOf(SimulatedCrash.class);
  }

  @Test
  void losesTheAnswerOfACommitAndCrashesAtTheEndOfItsBatchOnly() {
    install(Event.ANSWER_LOST, FaultPoint.AFTER_SWAP);
    batch(TABLE, CrashPoint.values());
    batch(TABLE, CrashPoint.BEFORE_FILES, CrashPoint.AFTER_FILES, CrashPoint.BEFORE_SWAP);

    assertThatThrownBy(() -> injector.reached(CrashPoint.AFTER_SWAP, TABLE))
        .isInstanceOf(CommitStateUnknownException.class);
    injector.reached(CrashPoint.BETWEEN_SINKS, TABLE);
    crash(CrashPoint.BEFORE_COMMIT_LOG);
  }

  @Test
  void letsNothingHappenToTheNextDriver() {
    install(Event.COMPACTION, FaultPoint.AFTER_FILES);
    batch(TABLE, CrashPoint.values());
    batch(TABLE, CrashPoint.BEFORE_FILES, CrashPoint.AFTER_FILES);
    crash(CrashPoint.BEFORE_COMMIT_LOG);

    injector.revive();

    assertThatCode(
            () -> {
              batch(TABLE, CrashPoint.values());
              batch(TABLE, CrashPoint.values());
            })
        .doesNotThrowAnyException();
    assertThat(beside.done).containsExactly("compact db.t");
  }

  @Test
  void letsASecondDriverPassWhileTheFirstHangs() {
    install(Event.SECOND_DRIVER, FaultPoint.BEFORE_SWAP);
    batch(TABLE, CrashPoint.values());
    batch(TABLE, CrashPoint.values());

    assertThat(beside.done).containsExactly("take over");
  }

  private void install(Event event, FaultPoint point) {
    injector = Injector.install(new Fault(event, point, TABLE, 2), false, beside);
  }

  /** Leads the driver through a batch, or the beginning of one. */
  private void batch(String table, CrashPoint... points) {
    if (points[0] != CrashPoint.BATCH_PLANNED) {
      injector.reached(CrashPoint.BATCH_PLANNED, "");
    }
    for (CrashPoint point : points) {
      injector.reached(point, table);
    }
  }

  private void crash(CrashPoint point) {
    assertThatThrownBy(() -> injector.reached(point, TABLE)).isInstanceOf(SimulatedCrash.class);
  }

  /** A second driver passes the same points as the first. */
  private final class Beside implements Neighbours {
    private final List<String> done = new ArrayList<>();

    @Override
    public void compact(String table) {
      done.add("compact " + table);
    }

    @Override
    public void expire(String table) {
      done.add("expire " + table);
    }

    @Override
    public void takeOver() {
      done.add("take over");
      for (CrashPoint point : CrashPoint.values()) {
        injector.reached(point, TABLE);
      }
    }
  }
}
