/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.CrashingCatalog;
import io.icestream.spark.commit.Driver;
import io.icestream.spark.commit.Epochs;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Ledger;
import io.icestream.spark.commit.RouteIndex;
import io.icestream.spark.commit.SinkEnd;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.recovery.CheckpointState;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.Situation;
import io.icestream.spark.sink.RouteWrite;
import io.icestream.spark.source.TopicBounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sink with a table per value, whatever ends its drivers. */
class RouteSinkTest {
  private final SparkSession spark = LocalSpark.session();

  @AfterEach
  void letAllChangesBeMade() {
    CrashingCatalog.recover();
  }

  @Test
  void sendsEachRowToTheTableOfItsValue() {
    // given
    var pipeline = new RoutedPipeline(10);
    pipeline.lines("b", "a", "b");
    pipeline.record("{\"tenant\": \"a\", \"n\": -1}");
    pipeline.drain();

    // when
    pipeline.lines("c", "b");
    pipeline.drain();

    // then
    assertThat(pipeline.content("logs_a", "tenant", "n", "kafka_offset"))
        .containsExactly("[a,1,1]");
    assertThat(pipeline.content("logs_b", "tenant", "n", "kafka_offset"))
        .containsExactly("[b,0,0]", "[b,2,2]", "[b,5,5]");
    assertThat(pipeline.content("logs_c", "kafka_offset")).containsExactly("[4]");
    assertThat(pipeline.content("logs", "route", "table", "since"))
        .containsExactly(
            "[a," + pipeline.table("logs_a") + ",2026-01-31 12:00:00.0]",
            "[b," + pipeline.table("logs_b") + ",2026-01-31 12:00:00.0]",
            "[c," + pipeline.table("logs_c") + ",2026-01-31 12:00:00.0]");
    assertThat(pipeline.ledger("logs")).isEqualTo(new Ledger(2, 2, 2, 0, 0, 0, 0, 0));
    assertThat(pipeline.ledger("logs_b")).isEqualTo(new Ledger(2, 1, 1, 0, 0, 0, 0, 0));
    assertThat(pipeline.marker("logs_a").to())
        .as("a batch without a row of it")
        .isEqualTo(RoutedPipeline.at(4));
    assertThat(pipeline.marker("logs").to()).isEqualTo(RoutedPipeline.at(6));
  }

  @Test
  void keepsRowsWithoutATableInQuarantine() {
    // given
    var pipeline = new RoutedPipeline(2);
    spark.sql("CREATE TABLE " + pipeline.table("logs_mine") + " (id INT) USING iceberg");
    pipeline.lines("mine", "b", null, "A", "a b", "x".repeat(65), "b\\n", "a", "c", "b");

    // when
    pipeline.drain();
    pipeline.lines("d", "a");
    pipeline.drain();

    // then
    assertThat(pipeline.content("bad", "offset", "stage", "reason", "size(sinks)"))
        .containsExactly(
            "[0,route,route_taken,1]",
            "[10,route,route_limit,1]",
            "[2,route,route_missing,1]",
            "[3,route,route_name,1]",
            "[4,route,route_name,1]",
            "[5,route,route_name,1]",
            "[6,route,route_name,1]",
            "[8,route,route_limit,1]");
    assertThat(pipeline.content("bad", "detail"))
        .contains(
            "[Column 'tenant' is 'c', for which there is no table, and sink '"
                + pipeline.table("logs")
                + "' may have no more: 'max_tables' is 2. Raise it and replay the row, or leave it"
                + " out in the step]");
    assertThat(pipeline.content("logs_a", "kafka_offset")).containsExactly("[11]", "[7]");
    assertThat(pipeline.content("logs_b", "kafka_offset")).containsExactly("[1]", "[9]");
    assertThat(pipeline.content("logs_mine", "*")).isEmpty();
    assertThat(pipeline.content("all", "kafka_offset")).as("another sink has them all").hasSize(12);
    assertThat(pipeline.ledger("logs")).isEqualTo(new Ledger(2, 2, 1, 0, 0, 0, 1, 0));
    assertThat(pipeline.offsets()).isEqualTo(upTo(12));
  }

  @Test
  void hasEachRowOnceWhateverEndsADriver() {
    // given
    var pipeline = new RoutedPipeline(1_000);
    pipeline.lines("known", "other");
    pipeline.drain();
    boolean crashed = true;
    int changes = 0;

    // when: each batch ends one change later than the one before
    for (; crashed; changes++) {
      pipeline.lines("new" + changes, "known", "BAD", null, "known");
      CrashingCatalog.crashAfter(changes);
      crashed = catchThrowable(pipeline::drain) instanceof CrashingCatalog.Crash;
      pipeline.restart();
      pipeline.runAgain();

      // then
      assertThat(pipeline.offsets()).as("changes: " + changes).isEqualTo(upTo(7 + 5 * changes));
      assertThat(pipeline.content("logs_new" + changes, "n")).hasSize(1);
      assertThat(pipeline.ledger("logs")).isEqualTo(new Ledger(5, 5, 3, 0, 0, 0, 2, 0));
    }
    assertThat(changes).as("intent, table, quarantine, sinks").isGreaterThan(7);
    assertThat(pipeline.content("logs", "route")).hasSize(2 + changes).doesNotHaveDuplicates();
  }

  @Test
  void leavesInQuarantineWhatIsThereThoughTheBoundIsRaised() {
    // given
    var pipeline = new RoutedPipeline(1);
    pipeline.lines("a", "b", "a");
    CrashingCatalog.crashAfter(4); // intent, table, its use, quarantine
    assertThatThrownBy(pipeline::drain).isInstanceOf(CrashingCatalog.Crash.class);
    assertThat(pipeline.content("bad", "offset")).containsExactly("[1]");

    // when
    var raised = pipeline.with(5);
    raised.runAgain();
    raised.lines("b");
    raised.drain();

    // then
    assertThat(raised.content("logs_b", "kafka_offset")).containsExactly("[3]");
    assertThat(raised.offsets()).isEqualTo(upTo(4));
  }

  @Test
  void aSupersededDriverCanNeitherAnnounceATableNorFillOne() {
    // given
    var pipeline = new RoutedPipeline(10);
    pipeline.lines("a", "b");
    CrashingCatalog.crashAfter(1);
    assertThatThrownBy(pipeline::drain).isInstanceOf(CrashingCatalog.Crash.class);
    CrashingCatalog.recover();
    var index = RouteIndex.read(spark, pipeline.table("logs"));
    assertThat(index.routes()).containsExactly("a", "b");
    assertThat(spark.catalog().tableExists(pipeline.table("logs_a"))).isFalse();
    var old = new Driver("logs", "1.0", "cluster", 1);
    var commits = begin(pipeline, old);

    // when: a new driver starts while the old one hangs behind its announcement
    pipeline.restart();

    // then
    assertThat(spark.catalog().tableExists(pipeline.table("logs_a"))).isTrue();
    assertThatThrownBy(() -> commits.join(pipeline.table("logs_a")))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("this one has epoch 1, the table has epoch 2");
    assertThatThrownBy(() -> commits.addRoutes(index, List.of("c")))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("this one has epoch 1, the table has epoch 2");
    assertThat(RouteIndex.read(spark, pipeline.table("logs")).routes()).containsExactly("a", "b");
  }

  @Test
  void aTableThatASupersededDriverMakesIsTheNewOnes() {
    // given
    var pipeline = new RoutedPipeline(10);
    pipeline.lines("a");
    CrashingCatalog.crashAfter(1);
    assertThatThrownBy(pipeline::drain).isInstanceOf(CrashingCatalog.Crash.class);
    CrashingCatalog.recover();
    var commits = begin(pipeline, new Driver("logs", "1.0", "cluster", 1));
    Epochs.claim(spark, "logs", pipeline.plan().tables());

    // when: the old one makes the table before the new one does
    RoutedTables.provide(
        spark,
        "logs",
        new RouteWrite(pipeline.sink(), pipeline.plan().source(), pipeline.graph().columns("kept")),
        "a");

    // then
    assertThatThrownBy(() -> commits.join(pipeline.table("logs_a")))
        .hasMessageContaining("this one has epoch 1, the table has epoch 2");
  }

  @Test
  void recoversALostCheckpointFromTheTables() {
    // given: a crash between the tables of two tenants
    var pipeline = new RoutedPipeline(3);
    pipeline.lines("a", "b", "X");
    pipeline.drain();
    pipeline.lines("c", "a", "b", "d");
    CrashingCatalog.crashAfter(5); // intent, table, its use, quarantine, a's row
    assertThatThrownBy(pipeline::drain).isInstanceOf(CrashingCatalog.Crash.class);
    int before = pipeline.offsets().size();
    pipeline.restart();
    List<SinkEnd> ends = new ArrayList<>();
    for (String table : pipeline.plan().tables().subList(0, 2)) {
      ends.add(SinkEnd.read(spark, "logs", table, Chain.GAPLESS));
    }
    for (String table : RoutedTables.names(spark, pipeline.plan())) {
      ends.add(SinkEnd.read(spark, "logs", table, Chain.SPARSE));
    }
    ends.add(SinkEnd.read(spark, "logs", pipeline.table("bad"), Chain.SPARSE));
    var topic =
        new TopicBounds(
            "logs", "topic-id", new TreeMap<>(Map.of(0, 0L)), new TreeMap<>(Map.of(0, 7L)));

    // when
    var plan = RecoveryPlan.of(new Situation(topic, new CheckpointState.Absent(), ends), 100);
    for (var slice : plan.slices()) {
      BatchRange range = slice.range();
      var records =
          pipeline.records(
              range.from().partitions().get(0).intValue(),
              range.to().partitions().get(0).intValue());
      pipeline.driver().runAgain(records, range, slice.tables());
    }

    // then
    assertThat(before).as("not all are there yet").isLessThan(7);
    assertThat(plan.slices()).hasSize(1);
    assertThat(plan.start()).contains(RoutedPipeline.at(7));
    assertThat(pipeline.offsets()).isEqualTo(upTo(7));
    assertThat(pipeline.marker("logs").to()).isEqualTo(RoutedPipeline.at(7));
    assertThat(pipeline.content("all", "kafka_offset")).hasSize(7);
  }

  @Test
  void givesANewColumnToTheTablesOfAllValues() {
    // given
    var pipeline = new RoutedPipeline(10);
    pipeline.lines("a", "b");
    pipeline.drain();

    // when
    var wider = pipeline.with(10, "SELECT *, n * 2 AS twice FROM lines");
    wider.lines("a", "c");
    wider.drain();

    // then
    assertThat(wider.content("logs_a", "n", "twice")).containsExactly("[0,null]", "[2,4]");
    assertThat(wider.content("logs_b", "n", "twice")).containsExactly("[1,null]");
    assertThat(wider.content("logs_c", "n", "twice")).containsExactly("[3,6]");
  }

  @Test
  void joinsTheLookupsOfAnAttemptThatGotAsFarAsOneTable() {
    // given: the tenants of the rows come from a lookup, which changes behind the crash
    String owners = LocalSpark.freshTable();
    spark.sql("CREATE TABLE " + owners + " (n INT, owner STRING) USING iceberg");
    spark.sql("INSERT INTO " + owners + " VALUES (0, 'a'), (1, 'b'), (2, 'a')");
    var pipeline = new RoutedPipeline(10).joining(owners);
    pipeline.lines("x", "x", "x");
    CrashingCatalog.crashAfter(6); // intent, two tables and their uses, a's rows
    assertThatThrownBy(pipeline::drain).isInstanceOf(CrashingCatalog.Crash.class);
    assertThat(pipeline.content("logs_a", "n")).containsExactly("[0]", "[2]");

    // when
    spark.sql("UPDATE " + owners + " SET owner = 'c' WHERE n = 2");
    pipeline.restart();
    pipeline.runAgain();

    // then
    assertThat(pipeline.content("logs_b", "n")).containsExactly("[1]");
    assertThat(pipeline.offsets()).isEqualTo(upTo(3));
    assertThat(pipeline.content("logs", "route")).containsExactly("[a]", "[b]");
  }

  private static BatchCommits begin(RoutedPipeline pipeline, Driver driver) {
    return BatchCommits.begin(
        LocalSpark.session(),
        driver,
        pipeline.range(),
        Map.of(pipeline.table("logs"), Chain.GAPLESS));
  }

  private static List<Long> upTo(int offsets) {
    return LongStream.range(0, offsets).boxed().toList();
  }
}
