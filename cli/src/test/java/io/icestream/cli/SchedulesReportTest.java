/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.faults.layer2.Layer2;
import io.icestream.faults.oracle.Violation;
import io.icestream.faults.oracle.Violation.Rule;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SchedulesReportTest {
  private static final Duration TOOK = Duration.ofSeconds(90);

  @Test
  void endsWellOnlyIfEachScheduleHasPassed() {
    // given
    Layer2.Result passed = result(1, List.of(), 4);
    Layer2.Result failed = result(2, List.of(new Violation(Rule.LOST, "t2.events", "0:7")), 9);

    // then
    assertThat(shown(StatusCommand.Format.TEXT, passed).exitCode()).isZero();
    assertThat(shown(StatusCommand.Format.TEXT, passed, failed).exitCode()).isOne();
  }

  @Test
  void tellsHowToRunAgainWhatHasFailed() {
    // given
    Layer2.Result failed = result(7, List.of(new Violation(Rule.STUCK, "", "no commit")), 9);

    // when
    String text = shown(StatusCommand.Format.TEXT, failed).text();

    // then
    assertThat(text)
        .contains("FAILED seed 7: driver_killed after 1 ms")
        .contains("  STUCK: no commit")
        .contains("  logs: logs/7")
        .contains("  again: ./icestream faults --layer 2 --seed 7");
  }

  @Test
  void countsSchedulesByWhatIsWrongAndRestartsByTheirTime() throws Exception {
    // given
    Violation lost = new Violation(Rule.LOST, "t2.events", "0:7");
    Layer2.Result[] results = {
      result(1, List.of(), 4, 20, 6), result(2, List.of(lost, lost), 5), result(3, List.of())
    };

    // when
    JsonNode json = new ObjectMapper().readTree(shown(StatusCommand.Format.JSON, results).text());

    // then
    assertThat(json.get("schedules").asInt()).isEqualTo(3);
    assertThat(json.get("lost").asInt()).isOne();
    assertThat(json.get("doubled").asInt()).isZero();
    assertThat(json.get("disturbances").get("driver_killed").asInt()).isEqualTo(3);
    assertThat(json.get("restart_seconds").get("p50").asDouble()).isEqualTo(5);
    assertThat(json.get("restart_seconds").get("max").asDouble()).isEqualTo(20);
    assertThat(json.get("failures")).hasSize(2);
  }

  @Test
  void choosesSeedsByTheirSchedules() {
    // when
    List<Long> seeds = Schedules.of(1, 100, Optional.of(Pattern.compile("disk_full")));

    // then
    assertThat(seeds).hasSizeBetween(5, 30).allMatch(seed -> seed <= 100);
    assertThat(seeds).allMatch(seed -> Layer2.describe(seed).contains("disk_full"));
    assertThat(Schedules.of(40, 3, Optional.empty())).containsExactly(40L, 41L, 42L);
  }

  private record Shown(int exitCode, String text) {}

  private static Shown shown(StatusCommand.Format format, Layer2.Result... results) {
    StringWriter text = new StringWriter();
    int exitCode =
        new SchedulesReport(List.of(results), TOOK, false).show(format, new PrintWriter(text));
    return new Shown(exitCode, text.toString());
  }

  private static Layer2.Result result(long seed, List<Violation> violations, int... restarts) {
    return new Layer2.Result(
        seed,
        "seed " + seed + ": driver_killed after 1 ms",
        List.of("driver_killed"),
        violations,
        Arrays.stream(restarts).mapToObj(Duration::ofSeconds).toList(),
        0,
        TOOK,
        Path.of("logs", Long.toString(seed)));
  }
}
