/* SPDX-License-Identifier: MIT */
package io.icestream.cli.live;

import io.icestream.localstack.ServerStatus;
import io.icestream.localstack.ServerStatus.State;
import io.icestream.localstack.StackStatus;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.metrics.FreshnessProbe;
import io.icestream.spark.metrics.FreshnessProbe.Freshness;
import io.icestream.spark.source.TopicNames;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at everything that a pipeline needs, in the order in which one thing needs the other. */
public final class Checkup {
  private static final long SCARCE_BYTES = 1L << 30;
  private static final double OLD_SECONDS = 60;

  private final Optional<Stack> stack;
  private final Path file;
  private final List<Check> checks = new ArrayList<>();

  /**
   * A stack of this machine.
   *
   * @param status how its servers are
   * @param startCommand the command that starts it
   */
  public record Stack(StackStatus status, String startCommand) {}

  /**
   * @param stack the stack of this machine; empty if another environment is meant
   * @param file the environment file
   */
  public Checkup(Optional<Stack> stack, Path file) {
    this.stack = stack;
    this.file = file;
  }

  /** Looks. What needs something that is not there is left out. */
  public List<Check> run() {
    stack.ifPresent(this::servers);
    environment().ifPresent(this::pipelines);
    return List.copyOf(checks);
  }

  private void servers(Stack found) {
    Path folder = found.status().home();
    File disk = folder.toFile();
    if (disk.exists()) {
      long free = disk.getUsableSpace();
      String finding = (free >> 20) + " MB free under " + folder;
      checks.add(
          free > SCARCE_BYTES
              ? Check.ok("disk", finding)
              : Check.warn(
                  "disk", finding, "Make room, or move the state with --home or ICESTREAM_HOME."));
    }
    for (ServerStatus server : found.status().servers()) {
      checks.add(
          server.state() == State.RUNNING
              ? Check.ok(server.name(), server.address().map(at -> "runs at " + at).orElse("runs"))
              : Check.fail(
                  server.name(),
                  switch (server.state()) {
                    case RUNNING -> "runs";
                    case STARTING -> "runs and does not serve";
                    case STOPPED -> "does not run";
                    case DEAD -> "has died";
                  },
                  found.startCommand() + " (log: " + server.log() + ")"));
    }
  }

  private Optional<Environment> environment() {
    try {
      Environment environment = Environment.read(file);
      checks.add(Check.ok("environment", file.toString()));
      return Optional.of(environment);
    } catch (PipelineFailure e) {
      checks.add(
          Check.fail(
              "environment",
              "cannot be read: " + file,
              stack.map(Stack::startCommand).orElse("./icestream up") + " writes one."));
      return Optional.empty();
    }
  }

  private void pipelines(Environment environment) {
    try {
      int topics = TopicNames.byId(environment.kafka()).size();
      checks.add(
          Check.ok("brokers", environment.bootstrapServers() + " has " + topics + " topics"));
    } catch (PipelineFailure e) {
      checks.add(
          Check.fail(
              "brokers",
              "no answer from " + environment.bootstrapServers(),
              "./icestream up, or correct kafka.bootstrap.servers in " + file));
      return;
    }
    List<RunningProcess> processes = LiveTables.processes(environment);
    tables(environment, processes);
    for (RunningProcess process : processes) {
      checks.add(
          process.isAlive()
              ? Check.ok("process " + process.name(), "answers at " + process.address())
              : Check.fail(
                  "process " + process.name(),
                  "has ended without being told to",
                  "Read the end of its log, then start it again."));
    }
  }

  private void tables(Environment environment, List<RunningProcess> processes) {
    try (FreshnessProbe probe = new FreshnessProbe(environment)) {
      List<Freshness> tables = probe.look();
      checks.add(Check.ok("catalog", tables.size() + " tables of pipelines"));
      for (Freshness table : tables) {
        checks.add(table(table, processes));
      }
    } catch (RuntimeException e) {
      checks.add(
          Check.fail(
              "catalog",
              "cannot be read: " + e,
              "See that S3 and the catalog run, and that 'catalog.*' in " + file + " is right."));
    }
  }

  private static Check table(Freshness table, List<RunningProcess> processes) {
    String name = "table " + table.table();
    if (table.ageSeconds() <= OLD_SECONDS) {
      return Check.ok(name, table.records() + " records behind " + table.topic());
    }
    boolean runs =
        processes.stream().anyMatch(p -> p.name().equals(table.pipeline()) && p.isAlive());
    return Check.warn(
        name,
        "%d records behind %s, the oldest for %d s"
            .formatted(table.records(), table.topic(), (long) table.ageSeconds()),
        runs
            ? "See './icestream top' whether it catches up; if not, more cores or a larger batch."
            : "Pipeline " + table.pipeline() + " does not run: start it with './icestream run'.");
  }
}
