/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Command;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A benchmark counts what arrived. What it says of time is nobody's business here. */
class BenchIT {

  @Test
  void findsTheSameRowsInTheTablesOfAllSystems() throws IOException {
    Path home = Workspace.emptyFolder("bench");
    Path report = home.resolve("benchmarks.md");

    Outcome outcome =
        new Command(home)
            .run(
                "bench",
                "--rows",
                2000,
                "--commit-rows",
                2000,
                "--rounds",
                1,
                "--systems",
                "icestream,spark,limit-poll",
                "--report",
                report,
                "--format",
                "json");

    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    JsonNode runs = new ObjectMapper().readTree(outcome.out()).get("runs");
    assertThat(runs).hasSize(3);
    assertThat(runs.get(0).get("checksum").textValue())
        .matches("[0-9a-f]{16}")
        .isEqualTo(runs.get(1).get("checksum").textValue());
    assertThat(runs.get(0).get("cpuSeconds").doubleValue()).isPositive();
    assertThat(runs.get(0).at("/requests/puts").longValue()).isGreaterThan(3);
    assertThat(Files.readString(report)).contains("## iot-json", "| icestream", "| spark");
  }
}
