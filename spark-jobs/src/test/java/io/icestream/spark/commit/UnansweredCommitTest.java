/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.commit.FaultyCatalog.Fault;
import io.icestream.spark.commit.SinkTable.Way;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Commits to a catalog whose answers are lost, wrong or refusals. */
class UnansweredCommitTest {

  @BeforeAll
  static void openCatalog() {
    FaultyCatalog.register();
  }

  @AfterEach
  void mend() {
    FaultyCatalog.fail(Fault.REFUSED, 0);
  }

  static Stream<Arguments> waysOfCommitsThatHappened() {
    return Stream.of(Fault.DONE_UNKNOWN, Fault.DONE_BROKEN, Fault.DONE_REFUSED)
        .flatMap(fault -> Stream.of(Way.values()).map(way -> Arguments.of(fault, way)));
  }

  static Stream<Arguments> waysOfCommitsThatDidNot() {
    return Stream.of(Fault.LOST_UNKNOWN, Fault.LOST_BROKEN)
        .flatMap(fault -> Stream.of(Way.values()).map(way -> Arguments.of(fault, way)));
  }

  @ParameterizedTest
  @MethodSource("waysOfCommitsThatHappened")
  void goesOnAfterACommitWhoseAnswerIsLost(Fault fault, Way way) {
    // given
    var table = SinkTable.create(way, FaultyCatalog.NAME);
    table.commit(table.begin(0, 1), way, "a");

    // when
    FaultyCatalog.fail(fault, 1);
    table.commit(table.begin(1, 2), way, "b");
    table.commit(table.begin(2, 3), way, "c");

    // then
    assertThat(FaultyCatalog.left()).isZero();
    assertThat(table.load().history()).as("snapshots").hasSize(3);
    assertThat(table.marker()).map(Marker::to).contains(Markers.at(3));
    assertThat(table.content()).isEqualTo(way.content("a", "b", "c"));
  }

  @ParameterizedTest
  @MethodSource("waysOfCommitsThatDidNot")
  void failsWithoutDeletingAnythingAndCanBeRunAgain(Fault fault, Way way) {
    // given
    var table = SinkTable.create(way, FaultyCatalog.NAME);
    table.commit(table.begin(0, 1), way, "a");
    var commits = table.begin(1, 2);

    // when
    FaultyCatalog.fail(fault, 1);
    var failure =
        catchThrowableOfType(PipelineFailure.class, () -> table.commit(commits, way, "b"));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failure)
        .hasMessageStartingWith("Batch 7 could not be committed to '" + table.name() + "': ");
    assertThat(table.dataFiles())
        .as("one is not in the table")
        .isEqualTo(way.content("a", "b").size());
    table.commit(table.begin(1, 2), way, "b");
    assertThat(table.content()).isEqualTo(way.content("a", "b"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void triesAgainWhenAnotherCommitWasFaster(Way way) {
    // given
    var table = SinkTable.create(way, FaultyCatalog.NAME);

    // when
    FaultyCatalog.fail(Fault.REFUSED, 3);
    table.commit(table.begin(0, 1), way, "a");

    // then
    assertThat(table.content()).isEqualTo(way.content("a"));
    assertThat(table.load().history()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void givesUpWhenOtherCommitsAreAlwaysFasterAndCanBeRunAgain(Way way) {
    // given
    var table = SinkTable.create(way, FaultyCatalog.NAME);
    var commits = table.begin(0, 1);

    // when
    FaultyCatalog.fail(Fault.REFUSED, 50);
    var failure =
        catchThrowableOfType(PipelineFailure.class, () -> table.commit(commits, way, "a"));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
    FaultyCatalog.fail(Fault.REFUSED, 0);
    table.commit(table.begin(0, 1), way, "a");
    assertThat(table.content()).isEqualTo(way.content("a"));
  }

  @Test
  void leavesOtherChangesOfATableToIceberg() {
    // given
    var table = SinkTable.create(Way.APPEND, FaultyCatalog.NAME);

    // when
    FaultyCatalog.fail(Fault.REFUSED, 2);
    table.load().updateProperties().set("owner", "somebody").commit();

    // then
    assertThat(table.load().properties()).containsEntry("owner", "somebody");
  }
}
