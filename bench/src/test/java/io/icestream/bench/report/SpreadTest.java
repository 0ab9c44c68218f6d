/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void hasTheMiddleOfAnOddNumberAndTheMeanOfTheTwoInTheMiddleOfAnEvenOne() {
    assertThat(Spread.of(List.of(9.0, 1.0, 3.0))).isEqualTo(new Spread(1, 3, 9));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(1, 3, 9));
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsWhatLiesAroundTheMedianUnlessThereIsOneValue() {
    assertThat(new Spread(9.06, 9.44, 9.96).text(1)).isEqualTo("9.4 (9.1–10.0)");
    assertThat(new Spread(2, 2, 2).text(2)).isEqualTo("2.00");
  }
}
