/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever happens to a run, the next ones bring every acknowledged record into the tables exactly
 * once. All tests work on the same tables, one after the other in any order, and each accounts for
 * everything that was ever produced.
 */
@ExtendWith(SharedStack.class)
@TestInstance(Lifecycle.PER_CLASS)
class CrashIT {

  private static final Path PIPELINE = Workspace.pipeline("iot-telemetry.yaml");

  /** Simulated time goes on from production to production: what is late is so on purpose. */
  private static final Duration STEP = Duration.ofMillis(18);

  /** Is in the line that a run prints for each commit. */
  private static final String COMMIT = " read = ";

  private static final int KILLED = 128 + 9;

  private final Path ledger = Workspace.emptyFolder("crash").resolve("iot.ledger");
  private Instant next = Instant.parse("2026-03-01T00:00:00Z");
  private long produced;

  @Test
  void keepsEachRecordOnceWhenKilledInTheMiddle(Stack stack) {
    // given
    produce(stack, 500_000);

    // when
    Outcome first = killBehindCommit(stack, 1);
    Outcome second = killBehindCommit(stack, 3);
    Outcome third = killBehindCommit(stack, 5);
    drain(stack);

    // then
    assertThat(first.exitCode()).as(first.toString()).isEqualTo(KILLED);
    assertThat(second.exitCode()).as(second.toString()).isEqualTo(KILLED);
    assertThat(third.exitCode()).as(third.toString()).isEqualTo(KILLED);
    assertEverythingIsThereOnce(stack);
  }

  @Test
  void keepsEachRecordOnceWithoutItsCheckpoint(Stack stack) {
    // given
    produce(stack, 30_000);
    drain(stack);
    Workspace.delete(stack.checkpoint("iot-telemetry"));
    produce(stack, 30_000);

    // when
    drain(stack);

    // then
    assertEverythingIsThereOnce(stack);
  }

  @Test
  void endsWellWhenAskedToAndGoesOnLater(Stack stack) {
    // given
    produce(stack, 100_000);
    RunningCommand run =
        stack
            .command()
            .start("run", PIPELINE, "--max-offsets", 5_000, "--trigger", "100ms")
            .awaitOnError(COMMIT, 2);

    // when
    Outcome stopped = run.terminate();
    drain(stack);

    // then
    assertThat(stopped.exitCode()).as(stopped.toString()).isZero();
    assertThat(stopped.err()).endsWith("Stopped." + System.lineSeparator());
    assertEverythingIsThereOnce(stack);
  }

  private void produce(Stack stack, long count) {
    stack
        .command()
        .run(
            "produce",
            "iot",
            "--count",
            count,
            "--start",
            next,
            "--seed",
            produced + 1,
            "--ledger",
            ledger)
        .succeeded();
    next = next.plus(STEP.multipliedBy(count));
    produced += count;
  }

  private static Outcome killBehindCommit(Stack stack, int commits) {
    return stack
        .command()
        .start("run", PIPELINE, "--until-drained", "--max-offsets", 50_000)
        .awaitOnError(COMMIT, commits)
        .kill();
  }

  private static void drain(Stack stack) {
    stack.command().run("run", PIPELINE, "--until-drained").succeeded();
  }

  private void assertEverythingIsThereOnce(Stack stack) {
    IotAccount account = new IotAccount(stack.spark());
    IotAccount.Positions positions = account.positions(ledger);
    assertThat(positions).isEqualTo(IotAccount.Positions.allOnce(produced));
    IotAccount.Aggregates aggregates = account.aggregates();
    assertThat(aggregates.different()).as("groups that a recount gives otherwise").isZero();
    assertThat(aggregates.counted()).as("sum of n").isEqualTo(aggregates.rows());
  }
}
