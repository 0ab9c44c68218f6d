/* SPDX-License-Identifier: MIT */
package io.icestream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.icestream.bench.lake.StoreRequests;
import io.icestream.bench.process.ProcessCost;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void tellsTheCostOfARowFromTheCostOfAStart() {
    // 30 s to start, 10 s per million rows
    SystemResult result =
        one(run("a", 1, 1_000_000, 40), run("a", 1, 3_000_000, 60)).results().get(0);

    assertThat(result.marginalCpu()).contains(new Spread(10, 10, 10));
    assertThat(result.fixedCpu()).contains(new Spread(30, 30, 30));
    assertThat(result.wholeCpu().median()).isCloseTo(20, within(1e-9));
    assertThat(result.rowsPerSecond().median()).isCloseTo(30_000, within(1e-9));
    assertThat(result.brokerCpu().median()).isCloseTo(2, within(1e-9));
  }

  @Test
  void comparesRoundByRoundSoThatANoisyRoundIsNoisyForBoth() {
    Comparison comparison =
        one(
            run("a", 1, 1_000_000, 10),
            run("b", 1, 1_000_000, 20),
            run("b", 2, 1_000_000, 90),
            run("a", 2, 1_000_000, 30),
            run("a", 3, 1_000_000, 10),
            run("b", 3, 1_000_000, 25));

    assertThat(comparison.ratios().get("b")).isEqualTo(new Spread(2, 2.5, 3));
    assertThat(comparison.ratios().get("a")).isEqualTo(new Spread(1, 1, 1));
  }

  @Test
  void comparesWholeRunsWhereThereIsOneSizeOnly() {
    Comparison comparison = one(run("a", 1, 2_000, 10), run("b", 1, 2_000, 15));

    assertThat(comparison.results().get(0).marginalCpu()).isEmpty();
    assertThat(comparison.ratios().get("b").median()).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void tellsHowNearTheReferenceIsToTheLimits() {
    Comparison comparison =
        one(
            run("a", 1, 1_000_000, 10),
            run("limit-poll", 1, 1_000_000, 1),
            run("limit-write", 1, 1_000_000, 5));

    assertThat(comparison.ofLimit().orElseThrow().median()).isCloseTo(0.6, within(1e-9));
    assertThat(one(run("a", 1, 1_000_000, 10)).ofLimit()).isEmpty();
  }

  @Test
  void countsTheRequestsOfFurtherCommitsAndNotThoseOfTheStart() {
    // 11 requests to start, 3 per commit
    SystemResult result =
        one(run("a", 1, 1_000_000, 1, commits(2, 17)), run("a", 1, 3_000_000, 1, commits(6, 29)))
            .results()
            .get(0);

    assertThat(result.requestsPerCommit().orElseThrow().median()).isCloseTo(3, within(1e-9));
  }

  @Test
  void comparesWithNobodyWhereTheReferenceWasNotMeasured() {
    Comparison comparison = one(run("b", 1, 1_000_000, 10));

    assertThat(comparison.ratios()).isEmpty();
    assertThat(ComparisonTable.lines(comparison)).last().asString().startsWith("| b ");
  }

  @Test
  void showsEachSystemInALineOfTheTable() {
    List<String> lines =
        ComparisonTable.lines(
            one(
                run("a", 1, 1_000_000, 40),
                run("a", 1, 3_000_000, 60),
                run("b", 1, 1_000_000, 70),
                run("b", 1, 3_000_000, 110)));

    assertThat(lines).hasSize(4);
    assertThat(lines.get(3).replaceAll(" +", " "))
        .isEqualTo("| b | 20.0 | 2.00 | 50 | 36.7 | 30,000 | 2.0 | 4 | 8 | 1 | 5.0 | 100 |");
  }

  private static Comparison one(Measurement... measurements) {
    return Comparison.of(Stream.of(measurements).toList(), "a").get(0);
  }

  private record Left(Measurement.Table table, StoreRequests requests) {}

  private static Left commits(long commits, long requests) {
    return new Left(
        new Measurement.Table(commits, 8, 1_900_000, "c"),
        new StoreRequests(requests, 0, 0, 0, 0, 0));
  }

  private static Measurement run(String system, int round, long rows, double cpuSeconds) {
    return run(system, round, rows, cpuSeconds, commits(4, 20));
  }

  private static Measurement run(
      String system, int round, long rows, double cpuSeconds, Left left) {
    return new Measurement(
        system,
        "iot-json",
        rows,
        round,
        new ProcessCost(Duration.ofMillis(rows / 30), cpuSeconds, 100L << 20),
        2.0 * rows / 1_000_000,
        left.table(),
        left.requests());
  }
}
