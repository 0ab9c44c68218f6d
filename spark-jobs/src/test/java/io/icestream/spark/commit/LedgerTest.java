/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LedgerTest {

  @Test
  void balancesIfEveryRowIsAccountedForOnce() {
    assertThat(new Ledger(21, 21, 1, 2, 3, 4, 5, 6).isBalanced()).isTrue();
    assertThat(new Ledger(0, 0, 0, 0, 0, 0, 0, 0).isBalanced()).isTrue();
  }

  @Test
  void doesNotBalanceIfARowIsMissingOrTooMany() {
    assertThat(new Ledger(22, 22, 1, 2, 3, 4, 5, 6).isBalanced()).isFalse();
    assertThat(new Ledger(20, 20, 1, 2, 3, 4, 5, 6).isBalanced()).isFalse();
  }

  @Test
  void mayReadFewerOrMoreRowsThanOffsets() {
    assertThat(new Ledger(9, 3, 3, 0, 0, 0, 0, 0).isBalanced()).as("gaps in Kafka").isTrue();
    assertThat(new Ledger(2, 3, 3, 0, 0, 0, 0, 0).isBalanced()).as("records of lines").isTrue();
  }

  @Test
  void doesNotBalanceWithANegativePart() {
    assertThat(new Ledger(5, 5, 6, 0, -1, 0, 0, 0).isBalanced()).isFalse();
    assertThat(new Ledger(5, 5, 0, 6, 0, -1, 0, 0).isBalanced()).isFalse();
    assertThat(new Ledger(5, 5, 0, 0, 0, 6, -1, 0).isBalanced()).isFalse();
    assertThat(new Ledger(5, 5, 0, 0, 0, 0, 6, -1).isBalanced()).isFalse();
    assertThat(new Ledger(5, 5, -1, 0, 0, 0, 0, 6).isBalanced()).isFalse();
    assertThat(new Ledger(5, 5, 6, -1, 0, 0, 0, 0).isBalanced()).isFalse();
  }

  @Test
  void readsAsASum() {
    assertThat(new Ledger(100, 100, 97, 0, 0, 0, 2, 1).describe())
        .isEqualTo("100 read = 97 written + 2 quarantined + 1 late");
    assertThat(new Ledger(21, 21, 1, 2, 3, 4, 5, 6).describe())
        .isEqualTo(
            "21 read = 1 written + 2 updated + 3 filtered + 4 deduplicated + 5 quarantined"
                + " + 6 late");
    assertThat(new Ledger(0, 0, 0, 0, 0, 0, 0, 0).describe()).isEqualTo("0 read = 0");
  }
}
