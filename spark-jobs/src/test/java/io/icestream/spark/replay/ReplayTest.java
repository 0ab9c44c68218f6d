/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.QuarantineClaims;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.LivePipeline;
import io.icestream.spark.table.TableProperties;
import io.icestream.spark.table.TableProvisioning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {
  private static final String YAML =
      """
      version: 1
      name: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: json, schema: reading.avsc }
          event_time: t
          watermark: 1m
      steps:
        checked:
          sql: SELECT * FROM readings WHERE value <> 13
          expect:
            in_range: { check: value >= %2$d, else: quarantine }
            below_a_thousand: { check: value < %3$d, else: fail }
        per_device:
          sql: |
            SELECT device, window(t, '1 minute').start AS minute, count(*) AS n, sum(value) AS total
            FROM checked WHERE device <> 'ignored' GROUP BY device, window(t, '1 minute')
      sinks:
        %1$s_raw: { from: readings, mode: append }
        %1$s_rows: { from: checked, mode: append, partition_by: [days(t)] }
        %1$s_stats: { from: per_device, mode: upsert, key: [device, minute] }
      quarantine: { table: %1$s_bad }
      """;

  private final SparkSession spark = LocalSpark.session();
  private final String tables = LocalSpark.freshTable();
  private final LivePipeline live = new LivePipeline(yaml(0, 1000));

  /** Rows 0 and 1 are good, 2 and 3 out of range, 4 late, 5 no JSON. */
  private void quarantineFour() {
    live.reading("a", 0, "5");
    live.reading("a", 100, "7");
    live.reading("a", 101, "-1");
    live.reading("b", 102, "-9");
    live.reading("a", 1, "3");
    live.record("no json");
    live.drain();
  }

  @Test
  void bringsCorrectedAndLateRowsIntoTheTablesThatLackThem() {
    // given
    quarantineFour();
    assertThat(quarantine("offset", "stage", "state", "attempts", "size(sinks)"))
        .containsExactly(
            "[2,expect,open,0,2]",
            "[3,expect,open,0,2]",
            "[4,late,open,0,3]",
            "[5,decode,open,0,3]");

    // when
    ReplayReport report = replay(-1, 1000).run(Optional.empty());

    // then
    assertThat(report)
        .isEqualTo(
            new ReplayReport(2, 0, new TreeMap<>(Map.of("in_range", 1L, "malformed_json", 1L)), 0));
    assertThat(offsets("raw")).as("had all but the late one").isEqualTo("[0, 1, 2, 3, 4]");
    assertThat(offsets("rows")).isEqualTo("[0, 1, 2, 4]");
    assertThat(content("stats", "device", "minute", "n", "total"))
        .containsExactly("[a,2026-01-31 12:00:00.0,2,8]", "[a,2026-01-31 12:01:00.0,2,6]");
    assertThat(quarantine("offset", "state", "attempts", "resolution", "resolved_at IS NULL"))
        .containsExactly(
            "[2,resolved,0,written,false]",
            "[3,open,1,null,true]",
            "[4,resolved,0,written,false]",
            "[5,open,1,null,true]");
    assertThat(quarantine("offset", "claim")).allMatch(row -> row.endsWith("null]"));
  }

  @Test
  void writesNothingASecondTime() {
    // given
    quarantineFour();
    replay(-1, 1000).run(Optional.empty());
    var before = sinks();

    // when
    ReplayReport again = replay(-1, 1000).run(Optional.empty());

    // then
    assertThat(again.rows()).isEqualTo(2);
    assertThat(again.failedRows()).isEqualTo(2);
    assertThat(sinks()).isEqualTo(before);
    assertThat(quarantine("offset", "state", "attempts"))
        .containsExactly("[2,resolved,0]", "[3,open,2]", "[4,resolved,0]", "[5,open,2]");
  }

  /** Claim, sinks, settlement: 5 commits for the rows of all tables, 4 for the others. */
  @ParameterizedTest
  @ValueSource(ints = {2, 7})
  void finishesWhatWasInterruptedBehindAnyCommit(int commits) {
    // given
    quarantineFour();
    var crash = new CrashBehind(commits);
    assertThatThrownBy(() -> replay(-1, 1000, crash).run(Optional.empty()))
        .isInstanceOf(CrashBehind.Crash.class);

    // when
    replay(-1, 1000).run(Optional.empty());

    // then
    assertThat(offsets("raw")).isEqualTo("[0, 1, 2, 3, 4]");
    assertThat(offsets("rows")).isEqualTo("[0, 1, 2, 4]");
    assertThat(content("stats", "device", "minute", "n", "total"))
        .containsExactly("[a,2026-01-31 12:00:00.0,2,8]", "[a,2026-01-31 12:01:00.0,2,6]");
    assertThat(quarantine("offset", "state", "resolution"))
        .containsExactly(
            "[2,resolved,written]", "[3,open,null]", "[4,resolved,written]", "[5,open,null]");
  }

  @Test
  void replaysTheRowsOfAnInterruptedReplayWhateverTheCondition() {
    // given
    quarantineFour();
    var crash = new CrashBehind(1);
    assertThatThrownBy(() -> replay(-1, 1000, crash).run(Optional.of("offset = 2")))
        .isInstanceOf(CrashBehind.Crash.class);
    assertThat(quarantine("offset", "state")).contains("[2,claimed]");

    // when
    replay(-1, 1000).run(Optional.of("offset = 4"));

    // then
    assertThat(quarantine("offset", "state"))
        .containsExactly("[2,resolved]", "[3,open]", "[4,resolved]", "[5,open]");
  }

  @Test
  void goesOnWithAChangedPipelineWhereTheInterruptedReplayHasNotBeen() {
    // given: the late row is in raw, and then no longer in range for the others
    quarantineFour();
    var crash = new CrashBehind(2);
    assertThatThrownBy(() -> replay(-1, 1000, crash).run(Optional.of("stage = 'late'")))
        .isInstanceOf(CrashBehind.Crash.class);

    // when
    ReplayReport report = replay(4, 1000).run(Optional.of("stage = 'late'"));

    // then
    assertThat(report.failed()).containsExactly(Map.entry("in_range", 1L));
    assertThat(offsets("raw")).isEqualTo("[0, 1, 2, 3, 4]");
    assertThat(offsets("rows")).isEqualTo("[0, 1]");
    assertThat(quarantine("offset", "stage", "reason", "state", "resolution", "size(sinks)"))
        .contains("[4,expect,in_range,open,partial,2]");

    // when
    replay(-1, 1000).run(Optional.of("offset = 4"));

    // then
    assertThat(offsets("raw")).isEqualTo("[0, 1, 2, 3, 4]");
    assertThat(offsets("rows")).isEqualTo("[0, 1, 4]");
    assertThat(quarantine("offset", "state", "resolution")).contains("[4,resolved,written]");
  }

  @Test
  void tellsRowsThatNoTableWantsFromRowsThatFail() {
    // given
    live.reading("a", 200, "1");
    live.reading("a", 1, "13");
    live.reading("ignored", 2, "-5");
    live.reading("a", 3, "5000");
    live.drain();

    // when
    ReplayReport report = replay(-9, 1000).run(Optional.empty());

    // then
    assertThat(report.failed()).containsExactly(Map.entry("below_a_thousand", 1L));
    assertThat(offsets("rows")).isEqualTo("[0, 2]");
    assertThat(content("stats", "device", "n")).containsExactly("[a,1]");
    assertThat(quarantine("offset", "reason", "state", "resolution"))
        .as("13 is in raw alone, and 5000 stops nobody")
        .containsExactly(
            "[1,late,resolved,written]",
            "[2,late,resolved,written]",
            "[3,below_a_thousand,open,partial]");
  }

  @Test
  void resolvesARowThatIsFilteredNow() {
    // given
    live.reading("a", 0, "-13");
    live.drain();
    String yaml = yaml(0, 1000).replace("value <> 13", "value <> -13");
    QueryPlan plan = ReplayPlan.of(LivePipeline.plan(yaml));

    // when
    ReplayReport report = replay(plan, ReplayProgress.NONE).run(Optional.empty());

    // then
    assertThat(report).isEqualTo(new ReplayReport(0, 1, new TreeMap<>(), 0));
    assertThat(quarantine("state", "resolution")).containsExactly("[resolved,filtered]");
  }

  @Test
  void foretellsWhatItWouldDoAndChangesNothing() {
    // given
    quarantineFour();
    var before = snapshots();

    // when
    ReplayReport foretold = replay(-1, 1000).preview(Optional.empty());

    // then
    assertThat(snapshots()).isEqualTo(before);
    assertThat(foretold).isEqualTo(replay(-1, 1000).run(Optional.empty()));
  }

  @Test
  void replaysLinesAsTheLinesThatTheyWere() {
    // given
    String lines = yaml(0, 1000).replace("type: json,", "type: json, layout: lines,");
    lines = lines.replace(tables, tables + "_lines");
    var divided = new LivePipeline(lines);
    String line = "{\"device\": \"a\", \"t\": \"2026-01-31T12:00:00Z\", \"value\": %d}";
    divided.record("\n" + line.formatted(5) + "\n" + line.formatted(-1) + "\n");
    divided.record(line.formatted(-1) + "\n" + line.formatted(-1));
    divided.drain();
    QueryPlan plan = ReplayPlan.of(LivePipeline.plan(lines.replace("value >= 0", "value >= -1")));

    // when
    ReplayReport report = replay(plan, ReplayProgress.NONE).run(Optional.empty());

    // then
    assertThat(report).isEqualTo(new ReplayReport(3, 0, new TreeMap<>(), 0));
    assertThat(content("lines_rows", "kafka_offset", "kafka_line", "value"))
        .containsExactly("[0,1,5]", "[0,2,-1]", "[1,0,-1]", "[1,1,-1]");
    assertThat(content("lines_stats", "n", "total")).containsExactly("[4,2]");
  }

  @Test
  void replaysRowsOfATableThatAnEarlierVersionMade() {
    // given
    quarantineFour();
    String bad = tables + "_bad";
    for (String column :
        List.of("sinks", "state", "attempts", "replay", "resolution", "resolved_at", "claim")) {
      spark.sql("ALTER TABLE " + bad + " DROP COLUMN " + column);
    }
    assertThat(replay(-1, 1000).preview(Optional.empty()).written()).isEqualTo(2);
    var renamed = YAML.replace("in_range", "renamed").formatted(tables, -1, 1000);

    // when
    new TableProvisioning(spark).provide(QuarantineRows.table(bad));
    TableProperties.ensure(spark, QuarantineRows.table(bad));
    assertThatThrownBy(
            () ->
                replay(ReplayPlan.of(LivePipeline.plan(renamed)), ReplayProgress.NONE)
                    .run(Optional.empty()))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageStartingWith("Rows with reason 'in_range' were quarantined by a version that");
    replay(-1, 1000).run(Optional.empty());

    // then
    assertThat(offsets("raw")).isEqualTo("[0, 1, 2, 3, 4]");
    assertThat(offsets("rows")).isEqualTo("[0, 1, 2, 4]");
    assertThat(quarantine("offset", "state", "attempts"))
        .containsExactly("[2,resolved,0]", "[3,open,1]", "[4,resolved,0]", "[5,open,1]");
  }

  @Test
  void letsThePipelineGoOn() {
    // given
    quarantineFour();
    replay(-1, 1000).run(Optional.empty());

    // when
    live.reading("a", 110, "1");
    live.reading("c", 110, "-2");
    live.drain();

    // then
    assertThat(offsets("rows")).isEqualTo("[0, 1, 2, 4, 6]");
    assertThat(content("stats", "device", "minute", "n", "total"))
        .containsExactly("[a,2026-01-31 12:00:00.0,2,8]", "[a,2026-01-31 12:01:00.0,3,7]");
    assertThat(quarantine("offset", "state")).contains("[7,open]");
  }

  @Test
  void accountsForTheRowsInEachSnapshot() {
    // given
    quarantineFour();

    // when
    replay(-1, 1000).run(Optional.of("stage = 'expect'"));

    // then
    String key = "icestream.iot." + tables + "_rows.replay-ledger";
    assertThat(content("rows.snapshots", "summary['" + key + "']"))
        .contains(
            "[{\"offsets\":2,\"read\":2,\"written\":1,\"updated\":0,\"filtered\":0,"
                + "\"deduplicated\":0,\"quarantined\":1,\"late\":0}]");
  }

  @Test
  void refusesAConditionThatIsNone() {
    quarantineFour();
    for (String condition :
        List.of(
            "ofset = 2",
            "offset",
            "reflect('java.lang.System', 'exit', 1) = 0",
            "count(*) > 1",
            "offset IN (SELECT 1)",
            "offset = 1; DROP TABLE x")) {
      assertThatIllegalArgumentException()
          .as(condition)
          .isThrownBy(() -> replay(-1, 1000).run(Optional.of(condition)))
          .withMessageStartingWith("'--where " + condition + "' is no condition on rows. ");
    }
  }

  @Test
  void showsWhatIsThere() {
    // given
    quarantineFour();
    live.record("\u001b[31m");
    live.drain();
    replay(-1, 1000).run(Optional.of("stage = 'late'"));
    var claims = new QuarantineClaims(spark, tables + "_bad", "iot", "1.0");

    // when
    var view = new QuarantineView(claims.read().rows(), Optional.empty());

    // then
    assertThat(LocalSpark.sorted(view.counts().select("stage", "reason", "state", "rows")))
        .containsExactly(
            "[decode,malformed_json,open,2]", "[expect,in_range,open,2]", "[late,late,resolved,1]");
    assertThat(LocalSpark.sorted(view.unresolved(10).select("offset", "payload")))
        .contains("[5,no json]", "[6,0x1B5B33316D]")
        .hasSize(4);
    assertThat(view.all(10).count()).isEqualTo(5);
    assertThat(view.all(2).count()).isEqualTo(2);
  }

  private String yaml(int low, int high) {
    return YAML.formatted(tables, low, high);
  }

  private Replay replay(int low, int high) {
    return replay(low, high, ReplayProgress.NONE);
  }

  private Replay replay(int low, int high, ReplayProgress progress) {
    return replay(ReplayPlan.of(LivePipeline.plan(yaml(low, high))), progress);
  }

  private Replay replay(QueryPlan plan, ReplayProgress progress) {
    return new Replay(spark, plan, LivePipeline.graph(plan), "1.0", progress);
  }

  private List<String> quarantine(String... columns) {
    return content("bad", columns);
  }

  private String offsets(String table) {
    return spark.table(tables + "_" + table).select("kafka_offset").collectAsList().stream()
        .map(row -> row.getLong(0))
        .sorted()
        .toList()
        .toString();
  }

  private List<String> sinks() {
    return List.of(
        offsets("raw"), offsets("rows"), content("stats", "device", "n", "total").toString());
  }

  private List<Long> snapshots() {
    return List.of("raw", "rows", "stats", "bad").stream()
        .map(table -> spark.table(tables + "_" + table + ".snapshots").count())
        .toList();
  }

  private List<String> content(String table, String... columns) {
    return LocalSpark.sorted(spark.table(tables + "_" + table).selectExpr(columns));
  }

  /** Ends a replay right behind one of its commits, as kill -9 would. */
  private static final class CrashBehind implements ReplayProgress {
    private int left;

    CrashBehind(int commits) {
      left = commits;
    }

    static final class Crash extends RuntimeException {}

    @Override
    public void claimed(long rows) {
      next();
    }

    @Override
    public void committed(String sink) {
      next();
    }

    @Override
    public void settled() {
      next();
    }

    private void next() {
      left--;
      if (left == 0) {
        throw new Crash();
      }
    }
  }
}
