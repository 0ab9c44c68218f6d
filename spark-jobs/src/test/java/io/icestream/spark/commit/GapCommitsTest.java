/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.Gap.Reason;
import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.table.TableProvisioning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that are moved over a gap, and the table that the gap is recorded in. */
class GapCommitsTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private final SparkSession spark = LocalSpark.session();
  private final String sink = LocalSpark.freshTable();
  private final GapCommits commits = new GapCommits(spark, new Driver("p", "1.0", "cluster", 3));

  @BeforeEach
  void createTables() {
    spark.sql("CREATE TABLE " + sink + " (n INT) USING iceberg");
    new TableProvisioning(spark).provide(GapRows.table(sink));
    append(Markers.at(0), Markers.at(10));
  }

  @Test
  void movesATableWithoutTouchingItsRows() {
    // when
    commits.move(end(), Markers.at(10), Markers.at(30), 20, NOW);

    // then
    var marker = BatchCommits.newestMarker(spark, "p", sink).orElseThrow();
    assertThat(marker.from()).isEqualTo(Markers.at(10));
    assertThat(marker.to()).isEqualTo(Markers.at(30));
    assertThat(marker.ledger()).isEqualTo(new Ledger(0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(marker.timesAfter()).as("lateness goes on").isEqualTo(Markers.times(5));
    assertThat(marker.gap()).isEqualTo(20);
    assertThat(marker.origin().epoch()).isEqualTo(3);
    assertThat(marker.origin().cluster()).isEqualTo("cluster");
    assertThat(spark.table(sink).count()).isEqualTo(1);
    assertThat(
            LocalSpark.sorted(
                spark.sql(
                    "SELECT summary['icestream.p.%1$s.gap'] AS gap FROM %1$s.snapshots"
                        .formatted(sink))))
        .containsExactlyInAnyOrder("[20]", "[null]");
  }

  @Test
  void letsTheNextBatchFollowBehindTheGap() {
    // given
    commits.move(end(), Markers.at(10), Markers.at(30), 20, NOW);

    // when
    append(Markers.at(30), Markers.at(40));

    // then
    assertThat(spark.table(sink).count()).isEqualTo(2);
  }

  @Test
  void goesOnInAnotherTopicWithoutTheEventTimesOfTheOld() {
    // given
    var other = new TopicOffsets("other", new TreeMap<>(Map.of(0, 3L)));

    // when
    commits.move(end(), Markers.at(10), other, 0, NOW);

    // then
    var marker = BatchCommits.newestMarker(spark, "p", sink).orElseThrow();
    assertThat(marker.to()).isEqualTo(other);
    assertThat(marker.timesAfter()).isEqualTo(EventTimes.NONE);
  }

  @Test
  void doesNotMoveATableThatADriverHasCommittedTo() {
    // given
    var seen = end();
    append(Markers.at(10), Markers.at(20));

    // when, then
    assertThatThrownBy(() -> commits.move(seen, Markers.at(10), Markers.at(30), 20, NOW))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("has committed to '" + sink + "'");
    assertThat(end().marker().orElseThrow().to()).isEqualTo(Markers.at(20));
  }

  @Test
  void doesNotMoveATableThatANewerDriverHasTakenOver() {
    // given
    spark.sql(
        "ALTER TABLE %1$s SET TBLPROPERTIES ('icestream.p.%1$s.epoch' = '4')".formatted(sink));

    // when, then
    assertThatThrownBy(() -> commits.move(end(), Markers.at(10), Markers.at(30), 20, NOW))
        .isInstanceOf(PipelineFailure.class);
    assertThat(end().marker().orElseThrow().to()).isEqualTo(Markers.at(10));
  }

  @Test
  void knowsWhereATableIsWhoseMarkersHaveExpired() {
    // given
    var before = end();
    spark.sql("INSERT INTO " + sink + " VALUES (8)");
    new SinkTable(spark, "lake", sink).expireAllButOne();

    // when
    var after = end();

    // then
    assertThat(after.marker()).isEqualTo(before.marker());
    assertThat(after.committedAt()).isEqualTo(before.committedAt());
    assertThat(after.first()).as("nobody can know").isFalse();
  }

  @Test
  void knowsTheOnlyMarkerOfATable() {
    assertThat(end().first()).isTrue();
    append(Markers.at(10), Markers.at(20));
    assertThat(end().first()).isFalse();
  }

  @Test
  void findsNoMarkerWhereThereIsNoTable() {
    assertThat(SinkEnd.read(spark, "p", sink + "_none", Chain.GAPLESS).marker()).isEmpty();
  }

  @Test
  void recordsAGapOnce() {
    // given
    var rows = new GapRows(spark, sink, "p");
    var gaps =
        List.of(
            gap(0, 10, OptionalLong.of(30), Reason.DELETED),
            gap(1, 5, OptionalLong.empty(), Reason.RECREATED));

    // when
    int first = rows.add("iot", gaps, NOW);
    int again = rows.add("iot", gaps, NOW);

    // then
    assertThat(first).isEqualTo(2);
    assertThat(again).isZero();
    assertThat(recorded())
        .containsExactly("[p,iot,id,0,10,30,deleted]", "[p,iot,id,1,5,null,recreated]");
  }

  @Test
  void recordsOnlyWhatAGapHasGrownBy() {
    // given
    var rows = new GapRows(spark, sink, "p");
    rows.add("iot", List.of(gap(0, 10, OptionalLong.of(30), Reason.DELETED)), NOW);

    // when
    rows.add("iot", List.of(gap(0, 10, OptionalLong.of(40), Reason.DELETED)), NOW);

    // then
    assertThat(recorded())
        .containsExactly("[p,iot,id,0,10,30,deleted]", "[p,iot,id,0,30,40,deleted]");
  }

  private List<String> recorded() {
    return LocalSpark.sorted(
        spark
            .table(sink + "_gaps")
            .select(
                "pipeline",
                "topic",
                "topic_id",
                "partition",
                "from_offset",
                "to_offset",
                "reason"));
  }

  private Gap gap(int partition, long from, OptionalLong to, Reason reason) {
    return new Gap("id", partition, from, to, reason, List.of(sink));
  }

  private SinkEnd end() {
    return SinkEnd.read(spark, "p", sink, Chain.GAPLESS);
  }

  private void append(TopicOffsets from, TopicOffsets to) {
    BatchCommits.begin(spark, "p", "1.0", Markers.range(from, to), Map.of(sink, Chain.GAPLESS))
        .append(
            sink,
            spark.sql("SELECT 1 AS n"),
            1,
            new Provenance(new Ledger(10, 1, 1, 0, 0, 0, 0, 0), Markers.times(5), Map.of()));
  }
}
