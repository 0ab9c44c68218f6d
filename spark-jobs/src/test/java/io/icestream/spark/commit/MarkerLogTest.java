/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.commit.MarkerLog.Entry;
import io.icestream.spark.commit.SinkTable.Way;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.Transaction;
import org.junit.jupiter.api.Test;

class MarkerLogTest {
  private final SinkTable table = SinkTable.create(Way.APPEND);

  @Test
  void readsEachCommitOfThePipelineOldestFirst() {
    // given
    table.commit(table.begin(0, 1), Way.APPEND, "a");
    table.insert("z");
    table.commit(table.begin(1, 3), Way.APPEND, "b", "c");

    // when
    var log = read();

    // then
    assertThat(log.entries())
        .extracting(entry -> entry.marker().to())
        .containsExactly(Markers.at(1), Markers.at(3));
    assertThat(log.entries().get(1).snapshot()).isEqualTo(table.snapshot());
    assertThat(log.entries().get(1).marker().ledger().written()).isEqualTo(2);
    assertThat(log.expired()).isFalse();
    assertThat(log.rolledBack()).isEmpty();
    assertThat(MarkerLog.read(table.spark(), "q", table.name(), table.name()).entries()).isEmpty();
  }

  @Test
  void countsATransactionOnce() {
    // given
    var marker = table.begin(0, 1);
    table.commit(marker, Way.APPEND, "a");
    Marker second =
        new Marker(
            Markers.at(1),
            Markers.at(2),
            8,
            "1.0",
            Markers.LEDGER,
            Markers.times(1),
            Markers.times(1),
            Map.of(),
            Map.of(),
            new Origin("", "", 0, "", 0, "", "unique"),
            0);

    // when
    new SinkCommit(
            table.name(), second.stamp("p", table.name()), OptionalLong.empty(), history -> true)
        .run(
            () -> {
              Transaction transaction = table.load().newTransaction();
              transaction.newFastAppend().commit();
              transaction.newFastAppend().commit();
              transaction.commitTransaction();
            });

    // then
    assertThat(table.load().snapshots()).hasSize(3);
    assertThat(read().entries()).extracting(Entry::marker).hasSize(2).last().isEqualTo(second);
  }

  @Test
  void saysWhereItBeginsWhenSnapshotsHaveExpired() {
    // given
    table.commit(table.begin(0, 1), Way.APPEND, "a");
    table.commit(table.begin(1, 2), Way.APPEND, "b");

    // when
    table.expireAllButOne();
    var shortened = read();
    table.insert("z");
    table.expireAllButOne();
    var kept = read();

    // then
    assertThat(shortened.expired()).isTrue();
    assertThat(shortened.entries()).extracting(e -> e.marker().to()).containsExactly(Markers.at(2));
    assertThat(kept.entries()).isEqualTo(shortened.entries());
  }

  @Test
  void saysThatTheTableWasRolledBack() {
    // given
    table.commit(table.begin(0, 1), Way.APPEND, "a");
    long first = table.snapshot();
    table.commit(table.begin(1, 2), Way.APPEND, "b");

    // when
    table.rollBackTo(first);

    // then
    assertThat(read().entries()).hasSize(1);
    assertThat(read().rolledBack().orElseThrow()).contains("has been rolled back");
  }

  private MarkerLog read() {
    return MarkerLog.read(table.spark(), "p", table.name(), table.name());
  }
}
