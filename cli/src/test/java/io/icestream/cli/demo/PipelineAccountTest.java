/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineAccountTest {

  @Test
  void balancesWhenEachEventIsInOnePlace() {
    // given 10 events: 7 accepted, 2 quarantined, 1 late
    PipelineAccount account = account(10, 10, 7, 7, 2, 1, 0, 0, 0);

    // when
    boolean balanced = account.balanced();

    // then
    assertThat(balanced).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an event without a row,              10, 9, 6, 6, 2, 1, 1, 0, 0",
    "a row twice,                         10, 11, 8, 8, 2, 1, 0, 1, 0",
    "one lost and one twice,              10, 10, 7, 7, 2, 1, 1, 1, 0",
    "a row that no aggregate counts,      10, 10, 7, 6, 2, 1, 0, 0, 0",
    "a row that an aggregate counts twice,10, 10, 7, 8, 2, 1, 0, 0, 0",
    "a payload that is not what was sent, 10, 10, 7, 7, 2, 1, 0, 0, 1"
  })
  void doesNotBalanceWith(
      String what,
      long produced,
      long read,
      long accepted,
      long aggregated,
      long quarantined,
      long late,
      long lost,
      long duplicated,
      long altered) {
    // given
    PipelineAccount account =
        account(produced, read, accepted, aggregated, quarantined, late, lost, duplicated, altered);

    // when
    boolean balanced = account.balanced();

    // then
    assertThat(balanced).as(what).isFalse();
  }

  private static PipelineAccount account(
      long produced,
      long read,
      long accepted,
      long aggregated,
      long quarantined,
      long late,
      long lost,
      long duplicated,
      long altered) {
    return new PipelineAccount(
        DemoPipeline.IOT,
        produced,
        read,
        Map.of(DemoPipeline.IOT.rows(), accepted, DemoPipeline.IOT.groups(), 3L),
        aggregated,
        quarantined,
        late,
        lost,
        duplicated,
        altered,
        Map.of());
  }
}
