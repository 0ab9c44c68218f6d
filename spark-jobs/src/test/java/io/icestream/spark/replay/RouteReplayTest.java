/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.icestream.spark.commit.CrashingCatalog;
import io.icestream.spark.query.RoutedPipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that had no table, once there may be more of them. */
class RouteReplayTest {

  @AfterEach
  void letAllChangesBeMade() {
    CrashingCatalog.recover();
  }

  @Test
  void bringsRowsOverTheBoundIntoTablesOfTheirOwn() {
    // given
    var pipeline = new RoutedPipeline(1);
    pipeline.lines("a", "b", "c", "b", "BAD", "d");
    pipeline.drain();
    var before = pipeline.content("logs.snapshots", "snapshot_id");

    // when
    ReplayReport foretold = replay(pipeline, 3).preview(Optional.empty());
    var unchanged = pipeline.content("logs.snapshots", "snapshot_id");
    ReplayReport report = replay(pipeline, 3).run(Optional.empty());

    // then
    assertThat(unchanged).isEqualTo(before);
    assertThat(foretold).isEqualTo(report);
    assertThat(report)
        .isEqualTo(
            new ReplayReport(3, 0, new TreeMap<>(Map.of("route_name", 1L, "route_limit", 1L)), 0));
    assertThat(pipeline.content("logs_b", "kafka_offset")).containsExactly("[1]", "[3]");
    assertThat(pipeline.content("logs_c", "kafka_offset")).containsExactly("[2]");
    assertThat(pipeline.content("bad", "offset", "state"))
        .containsExactly("[1,resolved]", "[2,resolved]", "[3,resolved]", "[4,open]", "[5,open]");

    // when: the pipeline goes on with the tables that the replay has made
    pipeline.lines("b", "d");
    pipeline.drain();

    // then
    assertThat(pipeline.content("logs_b", "kafka_offset")).containsExactly("[1]", "[3]", "[6]");
    assertThat(pipeline.offsets()).isEqualTo(upTo(8));
  }

  @Test
  void writesEachRowOnceWhateverEndsIt() {
    // given
    var pipeline = new RoutedPipeline(1);
    pipeline.lines("a");
    pipeline.drain();
    int sent = 1;
    int crashes = 0;

    // when: behind the announcement, the tables, the claim, each table, the index; and not at all
    for (int changes : new int[] {1, 5, 6, 7, 8, 9, 100}) {
      pipeline.lines("x" + changes, "y" + changes, "x" + changes, "a");
      sent += 4;
      pipeline.drain();
      CrashingCatalog.crashAfter(changes);
      // Spark wraps what ends a MERGE
      boolean crashed = catchThrowable(() -> replay(pipeline, 1_000).run(Optional.empty())) != null;
      CrashingCatalog.recover();
      if (crashed) {
        crashes++;
        replay(pipeline, 1_000).run(Optional.empty());
      }

      // then
      assertThat(pipeline.offsets()).as("changes: " + changes).isEqualTo(upTo(sent));
      assertThat(pipeline.content("logs_x" + changes, "kafka_offset")).hasSize(2);
    }
    assertThat(crashes).isGreaterThan(4);
  }

  @Test
  void aReplayThatWasGivenUpWritesToNoTableAnyMore() {
    // given: ended behind the first of two tables
    var pipeline = new RoutedPipeline(1);
    pipeline.lines("a", "b", "c");
    pipeline.drain();
    CrashingCatalog.crashAfter(7); // intent, two tables and their uses, claim, b's rows
    assertThatThrownBy(() -> replay(pipeline, 3).run(Optional.empty()))
        .isInstanceOf(CrashingCatalog.Crash.class);
    CrashingCatalog.recover();
    assertThat(pipeline.content("logs_b", "kafka_offset")).containsExactly("[1]");

    // when
    ReplayReport report = replay(pipeline, 3).run(Optional.empty());

    // then
    String key = "icestream.logs." + pipeline.table("logs_c") + ".replay-outcome";
    assertThat(report.present()).as("found in b's table").isEqualTo(1);
    assertThat(pipeline.content("logs_c.snapshots", "summary['" + key + "']"))
        .as("the interrupted one is shut out before the next begins")
        .containsExactly("[DONE]", "[VOID]");
    assertThat(pipeline.offsets()).isEqualTo(upTo(3));
  }

  private static Replay replay(RoutedPipeline pipeline, int maxTables) {
    return new Replay(
        pipeline.spark(),
        ReplayPlan.of(pipeline.planWith(maxTables)),
        pipeline.graph(),
        "1.0",
        ReplayProgress.NONE);
  }

  private static List<Long> upTo(int offsets) {
    return LongStream.range(0, offsets).boxed().toList();
  }
}
