/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two drivers of one pipeline, snapshots that expire and a rollback, as {@code ledger} sees them.
 */
@ExtendWith(SharedStack.class)
class LedgerIT {

  private static final String COMMIT = " read = ";

  @Test
  void tellsFromTheTablesWhetherEverythingIsAccountedFor(Stack stack) throws IOException {
    // given
    Path pipeline =
        Workspace.copyOf(
            "iot-telemetry.yaml",
            Workspace.emptyFolder("ledger"),
            Map.of(
                "name: iot-telemetry",
                "name: audited",
                "topic: iot.",
                "topic: audited.",
                "  iot.",
                "  audited.",
                "table: iot.",
                "table: audited."));
    produce(stack, 20_000);

    // when
    RunningCommand older =
        stack
            .command()
            .start("run", pipeline, "--max-offsets", 1_000, "--trigger", "2s")
            .awaitOnError(COMMIT, 2);
    stack.command().run("run", pipeline, "--until-drained", "--max-offsets", 5_000).succeeded();
    produce(stack, 1_000);
    Outcome fenced = older.outcome();
    stack.command().run("run", pipeline, "--until-drained").succeeded();

    // then
    assertThat(fenced.exitCode()).as(fenced.toString()).isEqualTo(76);
    assertThat(fenced.err()).contains("epoch 1, the table has epoch 2");
    assertThat(count(stack)).isEqualTo(21_000);
    JsonNode ledger = ledger(stack, pipeline);
    assertThat(ledger.get("complete").asBoolean()).isTrue();
    assertThat(read(ledger)).isEqualTo(21_000);

    // when
    stack
        .spark()
        .sql(
            "CALL lake.system.expire_snapshots(table => 'audited.readings', older_than => TIMESTAMP '"
                + Instant.now()
                + "', retain_last => 1)");

    // then
    Outcome text = stack.command().run("ledger", pipeline).succeeded();
    assertThat(text.out()).contains("snapshots before the oldest batch have expired");

    // when
    stack.spark().sql("TRUNCATE TABLE audited.minute_stats");
    String first =
        stack
            .spark()
            .sql("SELECT snapshot_id FROM audited.minute_stats.snapshots ORDER BY committed_at")
            .first()
            .get(0)
            .toString();
    stack
        .spark()
        .sql("CALL lake.system.rollback_to_snapshot('audited.minute_stats', " + first + ")");

    // then
    Outcome broken = stack.command().run("ledger", pipeline);
    assertThat(broken.exitCode()).as(broken.toString()).isEqualTo(76);
    assertThat(broken.out())
        .contains("WRONG: Table 'audited.minute_stats' has been rolled back or replaced");
  }

  private static void produce(Stack stack, int count) {
    stack
        .command()
        .run(
            "produce",
            "iot",
            "--count",
            count,
            "--bad",
            0,
            "--topic",
            "audited.readings",
            "--create-topic")
        .succeeded();
  }

  private static JsonNode ledger(Stack stack, Path pipeline) throws IOException {
    Outcome outcome = stack.command().run("ledger", pipeline, "--format", "json").succeeded();
    return new ObjectMapper().readTree(outcome.out());
  }

  /** The rows that the first sink's batches have read. */
  private static long read(JsonNode ledger) {
    long read = 0;
    for (JsonNode batch : ledger.at("/sinks/0/tables/0/batches")) {
      read += batch.at("/ledger/read").asLong();
    }
    return read;
  }

  private static long count(Stack stack) {
    return stack
        .spark()
        .sql(
            "SELECT (SELECT count(*) FROM audited.readings)"
                + " + (SELECT count(*) FROM audited.quarantine)")
        .first()
        .getLong(0);
  }
}
