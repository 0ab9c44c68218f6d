/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A replay that is killed anywhere, and run again, brings each row into the tables once. */
@ExtendWith(SharedStack.class)
class QuarantineReplayIT {

  private static final int KILLED = 128 + 9;
  private static final String EXPECTED = "temperature BETWEEN -60 AND 90";
  private static final String WRONG = "temperature > 10000";

  private static final String RECOUNT =
      """
      SELECT count(*) FROM (
        SELECT device_id, date_trunc('MINUTE', event_time) AS minute, count(*) AS n,
               max(temperature) AS high
        FROM replayed.readings GROUP BY 1, 2) r
      FULL OUTER JOIN replayed.minute_stats s
        ON r.device_id = s.device_id AND r.minute = s.minute
      WHERE NOT (r.n <=> s.n AND r.high <=> s.high)
      """;

  @Test
  void bringsEachRowIntoTheTablesOnceWhenKilledInTheMiddle(Stack stack) throws IOException {
    // given
    Path pipeline = brokenPipeline();
    stack
        .command()
        .run(
            "produce",
            "iot",
            "--count",
            1_000,
            "--bad",
            0,
            "--topic",
            "replayed.readings",
            "--create-topic")
        .succeeded();
    stack.command().run("run", pipeline, "--until-drained").succeeded();
    Files.writeString(pipeline, Files.readString(pipeline).replace(WRONG, EXPECTED));

    // when
    Outcome first = killBehind(stack, pipeline, "Claimed 1000 rows");
    Outcome second = killBehind(stack, pipeline, "Committed to replayed.readings");
    Outcome last = stack.command().run("quarantine", "replay", pipeline).succeeded();
    Outcome list =
        stack.command().run("quarantine", "list", pipeline, "--format", "csv").succeeded();

    // then
    assertThat(first.exitCode()).as(first.toString()).isEqualTo(KILLED);
    assertThat(second.exitCode()).as(second.toString()).isEqualTo(KILLED);
    assertThat(last.out()).startsWith("1000 rows replayed: 1000 written, 0 filtered, 0 failed");
    assertThat(list.out().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("expect,temperature_in_range,resolved,1000,");
    SparkSession spark = stack.spark();
    assertThat(count(spark, "SELECT count(*) FROM replayed.readings")).isEqualTo(1_000);
    assertThat(
            count(
                spark,
                "SELECT count(DISTINCT kafka_partition, kafka_offset) FROM replayed.readings"))
        .isEqualTo(1_000);
    assertThat(count(spark, "SELECT sum(n) FROM replayed.minute_stats")).isEqualTo(1_000);
    assertThat(count(spark, RECOUNT)).as("groups that a recount gives otherwise").isZero();
  }

  /** All its rows go to quarantine. */
  private static Path brokenPipeline() {
    return Workspace.copyOf(
        "iot-telemetry.yaml",
        Workspace.emptyFolder("replay"),
        Map.of(
            "name: iot-telemetry",
            "name: replayed",
            "topic: iot.",
            "topic: replayed.",
            "  iot.",
            "  replayed.",
            "table: iot.",
            "table: replayed.",
            EXPECTED,
            WRONG));
  }

  private static Outcome killBehind(Stack stack, Path pipeline, String line) {
    return stack.command().start("quarantine", "replay", pipeline).awaitOnError(line, 1).kill();
  }

  private static long count(SparkSession spark, String query) {
    return spark.sql(query).first().getLong(0);
  }
}
