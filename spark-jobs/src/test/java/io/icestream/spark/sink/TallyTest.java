/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.commit.Ledger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTest {

  @Test
  void countsWhatSqlLeavesOutAndWhatExpectationsDropAsFiltered() {
    // given
    var source = new Tally(100, 95, 0, 3, 2);

    // when
    var step = source.after(90, 80, 6);

    // then
    assertThat(step).isEqualTo(new Tally(100, 80, 5 + 4, 3 + 6, 2));
  }

  @Test
  void makesTheLedgerOfASink() {
    // given
    var tally = new Tally(100, 80, 9, 9, 2);

    // when, then
    assertThat(tally.ledger(120, 80, 0)).isEqualTo(new Ledger(120, 100, 80, 0, 9, 0, 9, 2));
    assertThat(tally.ledger(120, 0, 80)).isEqualTo(new Ledger(120, 100, 0, 80, 9, 0, 9, 2));
  }

  @Test
  void alwaysAddsUpToWhatWasRead() {
    // given
    var random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      int read = random.nextInt(1, 1_000);
      int late = random.nextInt(read + 1);
      int rejected = random.nextInt(read - late + 1);
      var tally = new Tally(read, read - late - rejected, 0, rejected, late);

      // when
      for (int step = 0; step < 3; step++) {
        int given = random.nextInt((int) tally.passed() + 1);
        int accepted = random.nextInt(given + 1);
        tally = tally.after(given, accepted, random.nextInt(given - accepted + 1));
      }

      // then
      assertThat(tally.passed() + tally.filtered() + tally.quarantined() + tally.late())
          .isEqualTo(read);
    }
  }
}
