/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.commit.FaultyCatalog.Fault;
import io.icestream.spark.commit.SinkTable.Way;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers that start one after the other or at once, on catalogs of both kinds. */
class EpochsTest {

  @BeforeAll
  static void openCatalog() {
    FaultyCatalog.register();
    FaultyCatalog.fail(Fault.REFUSED, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lake", FaultyCatalog.NAME})
  void countsTheDriversOfAPipelineOverAllItsTables(String catalog) {
    // given
    var one = SinkTable.create(Way.APPEND, catalog);
    var two = SinkTable.create(Way.APPEND, catalog);
    claim(one);

    // when, then
    assertThat(claim(one, two)).isEqualTo(2);
    assertThat(claim(two)).isEqualTo(3);
    assertThat(Epochs.claim(one.spark(), "q", List.of(one.name()))).isEqualTo(1);
    assertThat(claim(one, two)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lake", FaultyCatalog.NAME})
  void letsTheNewerDriverTakeOverWithoutDuplicateOrGap(String catalog) {
    // given
    var table = SinkTable.create(Way.APPEND, catalog);
    var older = new Driver("p", "1.0", "", claim(table));
    table.commit(table.begin(older, 0, 1), Way.APPEND, "a");
    var begun = table.begin(older, 1, 2);

    // when
    var newer = new Driver("p", "1.0", "", claim(table));
    var atCommit =
        catchThrowableOfType(PipelineFailure.class, () -> table.commit(begun, Way.APPEND, "b"));
    var atBegin = catchThrowableOfType(PipelineFailure.class, () -> table.begin(older, 1, 2));
    table.commit(table.begin(newer, 1, 2), Way.APPEND, "b");
    table.commit(table.begin(newer, 2, 3), Way.APPEND, "c");

    // then
    assertThat(atCommit.kind()).isEqualTo(Kind.FENCED);
    assertThat(atCommit)
        .hasMessageContaining("this one has epoch 1, the table has epoch 2")
        .hasMessage(atBegin.getMessage());
    assertThat(table.content()).containsExactly("[a,1]", "[b,1]", "[c,1]");
    assertThat(table.marker()).map(Marker::origin).map(Origin::epoch).contains(2L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lake", FaultyCatalog.NAME})
  void givesEachOfSeveralThatStartAtOnceItsOwnNumber(String catalog) {
    // given
    var one = SinkTable.create(Way.APPEND, catalog);
    var two = SinkTable.create(Way.APPEND, catalog);

    // when
    List<CompletableFuture<Long>> starts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      starts.add(CompletableFuture.supplyAsync(() -> claim(one, two)));
    }
    List<Long> epochs = new ArrayList<>();
    for (var start : starts) {
      try {
        epochs.add(start.join());
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(PipelineFailure.class);
      }
    }

    // then
    assertThat(epochs).isNotEmpty().doesNotHaveDuplicates();
    long newest = epochs.stream().mapToLong(Long::longValue).max().orElseThrow();
    assertThat(List.of(one, two))
        .allSatisfy(
            table ->
                assertThat(Epochs.of(TableHistory.of(table.load()), "p", table.name()))
                    .isEqualTo(newest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lake", FaultyCatalog.NAME})
  void doesNotDisturbAReplay(String catalog) {
    // given
    var table = SinkTable.create(Way.APPEND, catalog);
    var driver = new Driver("p", "1.0", "", claim(table));
    var commits = table.begin(driver, 0, 1);
    var replay = new ReplayCommits(table.spark(), "p", "1.0", "r");

    // when
    boolean done = replay.settle(table.name(), Instant.now(), true);
    table.commit(commits, Way.APPEND, "a");

    // then
    assertThat(done).isFalse();
    assertThat(table.content()).containsExactly("[a,1]");
  }

  private static long claim(SinkTable... tables) {
    return Epochs.claim(
        tables[0].spark(), "p", List.of(tables).stream().map(SinkTable::name).toList());
  }
}
