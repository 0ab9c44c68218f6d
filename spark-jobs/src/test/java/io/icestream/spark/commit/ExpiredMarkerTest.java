/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.commit.SinkTable.Way;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A table's history is short, rewritten or turned back; its marker holds all the same. */
class ExpiredMarkerTest {

  @ParameterizedTest
  @EnumSource(Way.class)
  void skipsABatchWhoseSnapshotHasExpiredAndGoesOnWithTheNext(Way way) {
    // given
    var table = SinkTable.create(way);
    table.commit(table.begin(0, 1), way, "a");
    table.commit(table.begin(1, 2), way, "b");
    var late = table.begin(2, 3);
    table.commit(table.begin(2, 3), way, "c");
    var marker = table.marker();
    table.insert("z");
    table.compact();
    table.expireAllButOne();
    assertThat(table.load().snapshots()).hasSize(1);
    assertThat(table.markerOfSnapshots()).isEmpty();

    // when
    var again = table.begin(2, 3);
    var refused = catchThrowableOfType(PipelineFailure.class, () -> table.commit(late, way, "c"));

    // then
    assertThat(table.marker()).isPresent().isEqualTo(marker);
    assertThat(again.isComplete()).isTrue();
    assertThat(refused.kind()).isEqualTo(Kind.FENCED);
    table.commit(table.begin(3, 4), way, "d");
    assertThat(table.marker()).map(Marker::to).contains(Markers.at(4));
    assertThat(table.content())
        .containsAll(way.content("a", "b", "c", "d"))
        .hasSize(way.content("a", "b", "c", "d").size() + 1);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void refusesATableThatWasRolledBackUntilItIsSetForwardAgain(Way way) {
    // given
    var table = SinkTable.create(way);
    table.commit(table.begin(0, 1), way, "a");
    long first = table.snapshot();
    table.commit(table.begin(1, 2), way, "b");
    long second = table.snapshot();
    var begun = table.begin(2, 3);

    // when
    table.rollBackTo(first);
    var atBegin = catchThrowableOfType(PipelineFailure.class, () -> table.begin(1, 2));
    var atCommit = catchThrowableOfType(PipelineFailure.class, () -> table.commit(begun, way, "c"));

    // then
    assertThat(atBegin.kind()).isEqualTo(Kind.FENCED);
    assertThat(atBegin)
        .hasMessageStartingWith("Table '" + table.name() + "' has been rolled back or replaced: ")
        .hasMessageContaining("in snapshot " + second)
        .hasMessageContaining("set_current_snapshot")
        .hasMessageContaining("'icestream.p." + table.name() + ".marker'");
    assertThat(atCommit).hasMessage(atBegin.getMessage());
    assertThat(table.snapshot()).isEqualTo(first);

    // when
    table.setCurrent(second);
    table.commit(table.begin(2, 3), way, "c");

    // then
    assertThat(table.content()).isEqualTo(way.content("a", "b", "c"));
  }

  @Test
  void seesARollbackThroughWritesThatFollowedIt() {
    // given
    var table = twoBatches();
    table.rollBackTo(first(table));
    table.insert("z");

    // when, then
    assertThat(catchThrowableOfType(PipelineFailure.class, () -> table.begin(2, 3)))
        .hasMessageContaining("has been rolled back or replaced");
  }

  @Test
  void seesThatATableWasReplaced() {
    // given
    var table = twoBatches();

    // when
    table
        .spark()
        .sql("CREATE OR REPLACE TABLE " + table.name() + " USING iceberg AS SELECT 'x' id, 1 n");

    // then
    assertThat(catchThrowableOfType(PipelineFailure.class, () -> table.begin(2, 3)))
        .hasMessageContaining("has been rolled back or replaced");
  }

  @Test
  void goesOnFromTheRolledBackStateWithoutTheProperty() {
    // given
    var table = twoBatches();
    table.rollBackTo(first(table));

    // when
    table
        .spark()
        .sql(
            "ALTER TABLE "
                + table.name()
                + " UNSET TBLPROPERTIES ('icestream.p."
                + table.name()
                + ".marker')");
    table.commit(table.begin(1, 2), Way.APPEND, "b");

    // then
    assertThat(table.content()).containsExactly("[a,1]", "[b,1]");
  }

  @Test
  void startsAfreshInATableThatWasMadeAnew() {
    // given
    var table = twoBatches();
    table.spark().sql("DROP TABLE " + table.name());
    table.spark().sql("CREATE TABLE " + table.name() + " (id STRING, n INT) USING iceberg");

    // when
    table.commit(table.begin(0, 1), Way.APPEND, "a");

    // then
    assertThat(table.content()).containsExactly("[a,1]");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void findsTheMarkersOfEarlierVersionsInTheSnapshots(Way way) {
    // given
    var table = SinkTable.create(way);
    table.commit(table.begin(0, 1), way, "a");
    table
        .spark()
        .sql(
            "ALTER TABLE "
                + table.name()
                + " UNSET TBLPROPERTIES ('icestream.p."
                + table.name()
                + ".marker')");

    // when, then
    assertThat(table.begin(0, 1).isComplete()).isTrue();
    table.commit(table.begin(1, 2), way, "b");
    assertThat(table.content()).isEqualTo(way.content("a", "b"));
  }

  private static SinkTable twoBatches() {
    var table = SinkTable.create(Way.APPEND);
    table.commit(table.begin(0, 1), Way.APPEND, "a");
    table.commit(table.begin(1, 2), Way.APPEND, "b");
    return table;
  }

  private static long first(SinkTable table) {
    return table.load().history().get(0).snapshotId();
  }
}
