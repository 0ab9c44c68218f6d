/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.commit.SinkTable.Way;
import io.icestream.spark.failure.PipelineFailure;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of commit that Iceberg has, on real tables. */
class FencedTableTest {
  private static final Marker MARKER = Markers.marker(Markers.at(), Markers.at(1));

  /** The kinds of commit that change rows. */
  enum Kind {
    APPEND(table -> table.newAppend().commit()),
    FAST_APPEND(table -> table.newFastAppend().commit()),
    OVERWRITE(
        table -> table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue()).commit()),
    ROW_DELTA(table -> table.newRowDelta().commit()),
    DELETE(table -> table.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit()),
    REPLACE_PARTITIONS(table -> table.newReplacePartitions().addFile(another(table)).commit()),
    TRANSACTION_APPEND(inTransaction(t -> t.newAppend().commit())),
    TRANSACTION_FAST_APPEND(inTransaction(t -> t.newFastAppend().commit())),
    TRANSACTION_OVERWRITE(
        inTransaction(
            t -> t.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue()).commit())),
    TRANSACTION_ROW_DELTA(inTransaction(t -> t.newRowDelta().commit())),
    TRANSACTION_DELETE(
        inTransaction(t -> t.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit())),
    TRANSACTION_REPLACE_PARTITIONS(
        inTransaction(t -> t.newReplacePartitions().addFile(another(t.table())).commit())),
    TRANSACTION_OF_TWO(
        inTransaction(
            t -> {
              t.newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit();
              t.newFastAppend().commit();
            }));

    private final Consumer<Table> commit;

    Kind(Consumer<Table> commit) {
      this.commit = commit;
    }

    private static Consumer<Table> inTransaction(Consumer<Transaction> updates) {
      return table -> {
        Transaction transaction = table.newTransaction();
        updates.accept(transaction);
        transaction.commitTransaction();
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void leavesTheMarkerInSnapshotAndPropertyOfOneCommit(Kind kind) {
    // given
    var table = SinkTable.create(Way.APPEND);
    table.insert("z");
    int before = versions(table);

    // when
    sinkCommit(table, true).run(() -> kind.commit.accept(table.load()));

    // then
    assertThat(versions(table)).isEqualTo(before + 1);
    assertThat(table.markerOfSnapshots()).contains(MARKER);
    KeptStamp kept = Marker.kept(TableHistory.of(table.load()), "p", table.name()).orElseThrow();
    assertThat(kept.snapshot()).isEqualTo(table.snapshot());
    assertThat(kept.sequence()).isEqualTo(table.load().currentSnapshot().sequenceNumber());
    table.insert("y");
    table.expireAllButOne();
    assertThat(table.markerOfSnapshots()).isEmpty();
    assertThat(table.marker()).contains(MARKER);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void refusesEachKindOfCommitWhereTheSinkHasMoved(Kind kind) {
    // given
    var table = SinkTable.create(Way.APPEND);
    table.insert("z");

    // when, then
    assertThatThrownBy(() -> sinkCommit(table, false).run(() -> kind.commit.accept(table.load())))
        .isInstanceOf(ValidationException.class)
        .hasMessage("Somebody else has committed to " + table.name());
    assertThat(table.content()).containsExactly("[z,1]");
    assertThat(table.marker()).isEmpty();
  }

  @Test
  void letsCompactionPassUnmarkedAndUnfenced() {
    // given
    var table = SinkTable.create(Way.APPEND);
    table.insert("z");
    DataFile old =
        table.load().currentSnapshot().addedDataFiles(table.load().io()).iterator().next();
    DataFile copy = another(table.load());

    // when
    sinkCommit(table, false)
        .run(() -> table.load().newRewrite().rewriteFiles(Set.of(old), Set.of(copy)).commit());

    // then
    assertThat(table.load().currentSnapshot().operation()).isEqualTo("replace");
    assertThat(table.marker()).isEmpty();
  }

  @Test
  void refusesACommitThatIsMadePastIt() {
    // given
    var table = SinkTable.create(Way.APPEND);

    // when, then
    assertThatThrownBy(
            () ->
                sinkCommit(table, true)
                    .run(
                        () -> {
                          Transaction transaction = table.load().newTransaction();
                          transaction.table().newFastAppend().commit();
                          transaction.commitTransaction();
                        }))
        .hasMessage("A commit to " + table.name() + " has gone past the fence");
    assertThat(table.load().currentSnapshot()).isNull();
  }

  @Test
  void refusesACommitThatDoesNotBecomeTheCurrentState() {
    // given
    var table = SinkTable.create(Way.APPEND);
    table.insert("z");
    table.load().manageSnapshots().createBranch("audit").commit();

    // when, then
    for (Consumer<SnapshotUpdate<?>> detour :
        Arrays.<Consumer<SnapshotUpdate<?>>>asList(
            SnapshotUpdate::stageOnly, update -> update.toBranch("audit"))) {
      assertThatThrownBy(
              () ->
                  sinkCommit(table, true)
                      .run(
                          () -> {
                            var update = table.load().newFastAppend();
                            detour.accept(update);
                            update.commit();
                          }))
          .isInstanceOf(PipelineFailure.class)
          .hasMessageContaining("would not become the table's current state");
    }
    assertThat(table.load().snapshots()).hasSize(1);
  }

  @Test
  void keepsTheSummaryAndThePropertySmall() {
    // given
    var table = SinkTable.create(Way.APPEND);

    // when
    sinkCommit(table, true).run(() -> table.load().newFastAppend().commit());

    // then
    assertThat(table.load().properties().get("icestream.p." + table.name() + ".marker"))
        .hasSizeLessThan(1200);
    assertThat(
            table.load().currentSnapshot().summary().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("icestream."))
                .mapToInt(
                    (Map.Entry<String, String> e) -> e.getKey().length() + e.getValue().length())
                .sum())
        .isLessThan(1200);
  }

  /** A file like the first one of a table, by another name. */
  private static DataFile another(Table table) {
    DataFile file = table.currentSnapshot().addedDataFiles(table.io()).iterator().next();
    return DataFiles.builder(table.spec()).copy(file).withPath(file.location() + ".new").build();
  }

  private static SinkCommit sinkCommit(SinkTable table, boolean allowed) {
    return new SinkCommit(
        table.name(), MARKER.stamp("p", table.name()), OptionalLong.empty(), history -> allowed);
  }

  /** How many states the table has had. */
  private static int versions(SinkTable table) {
    return ((FencedTable) table.load()).operations().current().previousFiles().size();
  }
}
