/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.producers.ProducerException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacerTest {

  private static final long SECOND = 1_000_000_000L;

  private long now = 12_345;
  private long oversleep;

  @Test
  void spreadsTurnsEvenly() {
    // given
    var pacer = pacer(Pace.perSecond(4));

    // when
    var turns = turns(pacer, 9);

    // then
    assertThat(turns)
        .containsExactly(
            0L,
            SECOND / 4,
            SECOND / 2,
            3 * SECOND / 4,
            SECOND,
            5 * SECOND / 4,
            3 * SECOND / 2,
            7 * SECOND / 4,
            2 * SECOND);
  }

  @Test
  void keepsTheRateAlthoughItWakesLate() {
    // given
    var pacer = pacer(Pace.perSecond(20_000));
    oversleep = 60_000;

    // when
    var turns = turns(pacer, 20_001);

    // then
    assertThat(turns.get(20_000)).isBetween(SECOND, SECOND + oversleep);
  }

  @Test
  void sendsNoBurstAfterAPause() {
    // given
    var pacer = pacer(Pace.perSecond(100));
    turns(pacer, 1);

    // when
    now += 5 * SECOND;
    var turns = turns(pacer, 3);

    // then
    assertThat(turns.get(1) - turns.get(0)).isEqualTo(SECOND / 100);
    assertThat(turns.get(2) - turns.get(1)).isEqualTo(SECOND / 100);
  }

  @Test
  void neverWaitsWithoutALimit() {
    // given
    var pacer = pacer(Pace.unlimited());

    // when
    var turns = turns(pacer, 1000);

    // then
    assertThat(turns).containsOnly(0L);
  }

  @Test
  void rejectsARateOfZero() {
    assertThatThrownBy(() -> Pace.perSecond(0))
        .isInstanceOf(ProducerException.class)
        .hasMessage(
            "Rate is 0 records per second: give 1 to 1000000000, or no rate for full speed.");
  }

  private Pacer pacer(Pace pace) {
    return Pacer.of(pace, () -> now, nanos -> now += nanos + oversleep);
  }

  private List<Long> turns(Pacer pacer, int count) {
    long start = now;
    List<Long> turns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pacer.awaitTurn();
      turns.add(now - start);
    }
    return turns;
  }
}
