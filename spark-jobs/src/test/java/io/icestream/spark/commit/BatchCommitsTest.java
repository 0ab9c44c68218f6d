/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchCommitsTest {
  private static final StructType COLUMNS =
      new StructType().add("id", DataTypes.StringType).add("n", DataTypes.IntegerType);
  private static final TopicOffsets START = Markers.at();

  private final SparkSession spark = LocalSpark.session();
  private final String sink = LocalSpark.freshTable();

  /** How a commit is made; the fence has to hold for all. */
  enum Way {
    APPEND,
    APPEND_OF_NOTHING,
    UPSERT,
    UPSERT_OF_NOTHING
  }

  @BeforeEach
  void createTable() {
    spark.sql(
        "CREATE TABLE "
            + sink
            + " (id STRING, n INT) USING iceberg TBLPROPERTIES ('format-version'='2')");
  }

  @Test
  void appendsRowsWithMarkerAndLedgerInTheSnapshot() throws Exception {
    // given
    var commits = begin(START, Markers.at(2));
    var unmet = Map.of("enriched.in_range", 3L);
    var provenance = new Provenance(ledger(2, 2), Markers.times(99), Map.of("devices", 5L), unmet);

    // when
    commits.append(sink, rows("a", "b"), 2, provenance);

    // then
    assertThat(content()).containsExactly("[a,1]", "[b,1]");
    assertThat(load().currentSnapshot().summary())
        .containsEntry("added-records", "2")
        .containsEntry("icestream.p." + sink + ".batch", "7")
        .containsEntry("icestream.p." + sink + ".expectations", "{\"enriched.in_range\":3}");
    assertThat(marker())
        .contains(
            new Marker(
                START,
                Markers.at(2),
                7,
                "1.0",
                ledger(2, 2),
                EventTimes.NONE,
                Markers.times(99),
                Map.of("devices", 5L),
                unmet,
                marker().orElseThrow().origin(),
                0));
  }

  @Test
  void skipsABatchThatTheTableHas() {
    // given
    append(begin(START, Markers.at(2)), "a", "b");

    // when
    var again = begin(START, Markers.at(2));

    // then
    assertThat(again.isDue(sink)).isFalse();
    assertThat(again.isComplete()).isTrue();
    assertThat(begin(Markers.at(2), Markers.at(3)).isDue(sink)).isTrue();
  }

  @Test
  void repeatsWhatTheBatchWasRunWithTheFirstTime() {
    // given
    append(begin(START, Markers.at(2)), "a", "b");
    var second = begin(Markers.at(2), Markers.at(3));
    second.append(
        sink,
        rows("c"),
        1,
        new Provenance(ledger(1, 1), Markers.times(500), Map.of("devices", 5L)));

    // when
    var again = begin(Markers.at(2), Markers.at(3));
    var next = begin(Markers.at(3), Markers.at(4));

    // then
    assertThat(again.timesBefore()).isEqualTo(second.timesBefore()).isEqualTo(Markers.times(9));
    assertThat(again.pinnedLookups()).isEqualTo(Map.of("devices", 5L));
    assertThat(next.timesBefore()).isEqualTo(Markers.times(500));
    assertThat(next.pinnedLookups()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void refusesADriverThatBeganBeforeAnotherCommitted(Way way) throws Exception {
    // given
    append(begin(START, Markers.at(1)), "a");
    var slow = begin(Markers.at(1), Markers.at(3));
    var fast = begin(Markers.at(1), Markers.at(3));
    append(fast, "b", "c");
    var snapshot = load().currentSnapshot().snapshotId();

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> commit(slow, way, "b", "c"));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.FENCED);
    assertThat(failure)
        .hasMessage(
            "Another driver of this pipeline has committed to '"
                + sink
                + "' while this one was about to. This one stops; nothing is lost. Make sure that"
                + " only one is running.");
    assertThat(content()).containsExactly("[a,1]", "[b,1]", "[c,1]");
    assertThat(load().currentSnapshot().snapshotId()).isEqualTo(snapshot);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void refusesASecondDriverOnATableThatNobodyHasWritten(Way way) throws Exception {
    // given
    var slow = begin(START, Markers.at(2));
    append(begin(START, Markers.at(2)), "b", "c");

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> commit(slow, way, "b", "c"));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.FENCED);
    assertThat(content()).containsExactly("[b,1]", "[c,1]");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void isNotDisturbedByAnotherPipelineOrByMaintenance(Way way) {
    // given
    append(begin(START, Markers.at(1)), "x");
    var mine = begin(Markers.at(1), Markers.at(3));
    BatchCommits.begin(
            spark, "q", "1.0", Markers.range(START, Markers.at(8)), Map.of(sink, Chain.GAPLESS))
        .append(sink, rows("y"), 1, provenance(1));
    spark.sql("INSERT INTO " + sink + " VALUES ('z', 1)");

    // when
    commit(mine, way, "b", "c");

    // then
    assertThat(content()).contains("[x,1]", "[y,1]", "[z,1]");
    assertThat(marker()).map(Marker::to).contains(Markers.at(3));
    assertThat(BatchCommits.newestMarker(spark, "q", sink)).map(Marker::to).contains(Markers.at(8));
  }

  @Test
  void mergesRowsByKeyAndStampsTheSnapshot() {
    // given
    append(begin(START, Markers.at(2)), "a", "b");
    var merge = new KeyedMerge(numbered(5, "b", "c", null), List.of("id"), List.of());

    // when
    begin(Markers.at(2), Markers.at(4)).upsert(sink, Optional.of(merge), provenance(2));

    // then
    assertThat(content()).containsExactly("[a,1]", "[b,5]", "[c,5]", "[null,5]");
    assertThat(marker()).map(Marker::to).contains(Markers.at(4));
    assertThat(begin(Markers.at(2), Markers.at(4)).isComplete()).isTrue();
  }

  @Test
  void mergesIntoARowWhoseKeyIsNull() {
    // given
    var first = new KeyedMerge(numbered(1, (String) null), List.of("id"), List.of());
    begin(START, Markers.at(1)).upsert(sink, Optional.of(first), provenance(1));
    var second = new KeyedMerge(numbered(2, (String) null), List.of("id"), List.of());

    // when
    begin(Markers.at(1), Markers.at(2)).upsert(sink, Optional.of(second), provenance(1));

    // then
    assertThat(content()).containsExactly("[null,2]");
  }

  @Test
  void leavesNoViewBehindAMerge() {
    // when
    var merge = new KeyedMerge(rows("a"), List.of("id"), List.of());
    begin(START, Markers.at(1)).upsert(sink, Optional.of(merge), provenance(1));

    // then
    assertThat(spark.catalog().tableExists("_icestream_updates")).isFalse();
  }

  @Test
  void doesNotCommitFilesWithAnotherNumberOfRowsThanTheLedger() throws Exception {
    // given
    var commits = begin(START, Markers.at(3));

    // when, then
    assertThatThrownBy(() -> commits.append(sink, rows("a", "b"), 3, provenance(3)))
        .hasStackTraceContaining("The files for " + sink + " hold 2 rows, the ledger has 3");
    assertThat(load().currentSnapshot()).isNull();
  }

  @Test
  void doesNotCommitABatchWhoseLedgerDoesNotBalance() throws Exception {
    // given
    var commits = begin(START, Markers.at(3));
    var wrong = new Provenance(ledger(3, 2), EventTimes.NONE, Map.of());

    // when, then
    assertThatThrownBy(() -> commits.append(sink, rows("a", "b"), 2, wrong))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The ledger of batch 7 for " + sink + " does not balance: ");
    assertThat(load().currentSnapshot()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"APPEND_OF_NOTHING", "UPSERT_OF_NOTHING"})
  void movesTheMarkerForABatchWithoutRows(Way way) throws Exception {
    // given
    var commits = begin(START, Markers.at(5));

    // when
    commit(commits, way);

    // then
    assertThat(content()).isEmpty();
    assertThat(marker()).map(Marker::to).contains(Markers.at(5));
    assertThat(load().currentSnapshot().addedDataFiles(load().io())).isEmpty();
  }

  @Test
  void leavesAnOrdinaryWriteUnmarked() throws Exception {
    // when
    spark.sql("INSERT INTO " + sink + " VALUES ('z', 1)");

    // then
    assertThat(load().currentSnapshot().summary().keySet())
        .noneMatch(key -> key.startsWith("icestream."));
  }

  @Test
  void forgetsACommitThatFailed() throws Exception {
    // given
    var commits = begin(START, Markers.at(3));
    assertThatThrownBy(() -> commits.append(sink, rows("a"), 3, provenance(3)));

    // when
    spark.sql("INSERT INTO " + sink + " VALUES ('z', 1)");

    // then
    assertThat(marker()).isEmpty();
    assertThat(content()).containsExactly("[z,1]");
  }

  @Test
  void holdsTheFenceAfterCompaction() {
    // given
    append(begin(START, Markers.at(1)), "a");
    append(begin(Markers.at(1), Markers.at(2)), "b");
    var slow = begin(Markers.at(2), Markers.at(3));
    append(begin(Markers.at(2), Markers.at(3)), "c");

    // when
    spark.sql(
        "CALL lake.system.rewrite_data_files(table => '"
            + sink
            + "', options => map('min-input-files', '2'))");

    // then
    assertThat(marker()).map(Marker::to).contains(Markers.at(3));
    assertThat(begin(Markers.at(2), Markers.at(3)).isComplete()).isTrue();
    assertThatThrownBy(() -> append(slow, "c")).isInstanceOf(PipelineFailure.class);
    assertThat(content()).containsExactly("[a,1]", "[b,1]", "[c,1]");
  }

  @Test
  void refusesABatchThatDoesNotFollow() {
    // given
    append(begin(START, Markers.at(5)), "a");

    // when, then
    assertThatThrownBy(() -> begin(Markers.at(3), Markers.at(8)))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("rows up to 0:5 (partition:offset), but the batch reads from 0:3 to");
  }

  @Test
  void letsAQuarantineTableMissBatchesAndStillFencesIt() {
    // given
    var sparse = Map.of(sink, Chain.SPARSE);
    beginWith(sparse, START, Markers.at(5)).append(sink, rows("a"), 1, provenance(1));
    var slow = beginWith(sparse, Markers.at(20), Markers.at(30));
    var fast = beginWith(sparse, Markers.at(20), Markers.at(30));

    // when
    fast.append(sink, rows("b"), 1, provenance(1));

    // then
    assertThat(marker()).map(Marker::from).contains(Markers.at(20));
    assertThat(beginWith(sparse, Markers.at(20), Markers.at(30)).isDue(sink)).isFalse();
    assertThatThrownBy(() -> slow.append(sink, rows("b"), 1, provenance(1)))
        .isInstanceOf(PipelineFailure.class);
    assertThatThrownBy(() -> beginWith(sparse, Markers.at(5), Markers.at(20)))
        .isInstanceOf(PipelineFailure.class);
    assertThat(content()).containsExactly("[a,1]", "[b,1]");
  }

  @Test
  void saysThatATableHasGone() {
    // given
    var commits = begin(START, Markers.at(1));
    spark.sql("DROP TABLE " + sink);

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> append(commits, "a"));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure).hasMessageStartingWith("Table '" + sink + "' has gone while the pipeline");
  }

  @Test
  void commitsToEachSinkByItself() {
    // given
    var other = LocalSpark.freshTable();
    spark.sql("CREATE TABLE " + other + " (id STRING, n INT) USING iceberg");
    var chains = Map.of(sink, Chain.GAPLESS, other, Chain.GAPLESS);
    var first = beginWith(chains, START, Markers.at(1));
    first.append(sink, rows("a"), 1, provenance(1));

    // when
    var again = beginWith(chains, START, Markers.at(1));

    // then
    assertThat(again.isDue(sink)).isFalse();
    assertThat(again.isDue(other)).isTrue();
    assertThat(again.isComplete()).isFalse();
  }

  private BatchCommits begin(TopicOffsets from, TopicOffsets to) {
    return beginWith(Map.of(sink, Chain.GAPLESS), from, to);
  }

  private BatchCommits beginWith(Map<String, Chain> chains, TopicOffsets from, TopicOffsets to) {
    return BatchCommits.begin(spark, "p", "1.0", Markers.range(from, to), chains);
  }

  private void append(BatchCommits commits, String... ids) {
    commit(commits, Way.APPEND, ids);
  }

  private void commit(BatchCommits commits, Way way, String... ids) {
    switch (way) {
      case APPEND -> commits.append(sink, rows(ids), ids.length, provenance(ids.length));
      case APPEND_OF_NOTHING -> commits.append(sink, rows(), 0, provenance(0));
      case UPSERT ->
          commits.upsert(
              sink,
              Optional.of(new KeyedMerge(rows(ids), List.of("id"), List.of())),
              provenance(ids.length));
      case UPSERT_OF_NOTHING -> commits.upsert(sink, Optional.empty(), provenance(0));
    }
  }

  private static Provenance provenance(int rows) {
    return new Provenance(ledger(rows, rows), Markers.times(9), Map.of());
  }

  private static Ledger ledger(int read, int written) {
    return new Ledger(read, read, written, 0, 0, 0, 0, 0);
  }

  private static Dataset<Row> rows(String... ids) {
    return numbered(1, ids);
  }

  private static Dataset<Row> numbered(int n, String... ids) {
    List<Row> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(RowFactory.create(id, n));
    }
    return LocalSpark.rows(COLUMNS, rows);
  }

  private Optional<Marker> marker() {
    return BatchCommits.newestMarker(spark, "p", sink);
  }

  private List<String> content() {
    return LocalSpark.sorted(spark.table(sink));
  }

  private Table load() throws Exception {
    return Spark3Util.loadIcebergTable(spark, sink);
  }
}
