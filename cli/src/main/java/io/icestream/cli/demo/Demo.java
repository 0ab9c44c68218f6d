/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import io.icestream.localstack.StackException;
import io.icestream.producers.kafka.Pace;
import io.icestream.producers.record.OutgoingRecord;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Runs both example pipelines on a running stack until every event is committed. */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Path home;
  private final Path environmentFile;
  private final Environment environment;
  private final Path examples;
  private final DemoProgress progress;

  /**
   * Events that a demo sends to a pipeline.
   *
   * @param count how many there are
   * @param events the events
   * @param pace how fast they are sent
   */
  public record Load(long count, Iterator<OutgoingRecord> events, Pace pace) {}

  /**
   * @param home where ledgers and logs go
   * @param environmentFile the stack's environment
   * @param examples folder of the example pipelines
   * @param progress is told how it goes
   */
  public Demo(Path home, Path environmentFile, Path examples, DemoProgress progress) {
    this.home = home;
    this.environmentFile = environmentFile;
    this.environment = Environment.read(environmentFile);
    this.examples = examples;
    this.progress = progress;
  }

  /**
   * Produces, processes and accounts.
   *
   * @param loads what each pipeline gets
   * @param started when the demo began
   * @throws StackException if a pipeline ends early, or nothing moves for five minutes
   */
  public DemoResult run(Map<DemoPipeline, Load> loads, Instant started)
      throws InterruptedException {
    try (DemoProducers producers = new DemoProducers();
        RunningPipelines pipelines = new RunningPipelines()) {
      for (DemoPipeline pipeline : loads.keySet()) {
        pipelines.add(
            PipelineProcess.start(
                pipeline.name(),
                examples.resolve(pipeline.file()),
                environmentFile,
                home.resolve("logs")));
      }
      awaitReady(loads, pipelines);
      progress.done("Pipelines " + names(loads) + " wait for events");
      loads.forEach(
          (pipeline, load) ->
              producers.start(
                  pipeline,
                  environment.bootstrapServers(),
                  load.events(),
                  load.pace(),
                  ledger(pipeline)));
      awaitDrained(loads, producers, pipelines);
      pipelines.stop();
    }
    progress.done("Every event is committed; both pipelines have stopped. Counting ...");
    return account(started);
  }

  /** Spark writes a checkpoint's metadata when a query starts. */
  private void awaitReady(Map<DemoPipeline, Load> loads, RunningPipelines pipelines)
      throws InterruptedException {
    for (DemoPipeline pipeline : loads.keySet()) {
      Path checkpoint = Path.of(environment.checkpoints(), pipeline.name(), "metadata");
      while (!Files.exists(checkpoint)) {
        pipelines.requireRunning();
        Thread.sleep(200);
      }
    }
  }

  private void awaitDrained(
      Map<DemoPipeline, Load> loads, DemoProducers producers, RunningPipelines pipelines)
      throws InterruptedException {
    Instant lastMove = Instant.now();
    long before = -1;
    try (CommittedOffsets offsets = new CommittedOffsets(environment.catalog())) {
      while (true) {
        pipelines.requireRunning();
        boolean produced = producers.isDone();
        Map<DemoPipeline, DemoProgress.State> states = new LinkedHashMap<>();
        for (Map.Entry<DemoPipeline, Load> entry : loads.entrySet()) {
          DemoPipeline pipeline = entry.getKey();
          states.put(
              pipeline,
              new DemoProgress.State(
                  entry.getValue().count(),
                  producers.acknowledged(pipeline),
                  offsets.of(pipeline),
                  offsets.quarantined(pipeline)));
        }
        progress.moved(states);
        if (produced && states.values().stream().allMatch(s -> s.committed() >= s.produced())) {
          return;
        }
        long now = states.values().stream().mapToLong(s -> s.produced() + s.committed()).sum();
        lastMove = now == before ? lastMove : Instant.now();
        before = now;
        if (Duration.between(lastMove, Instant.now()).compareTo(PATIENCE) > 0) {
          throw new StackException(
              "Nothing has moved for five minutes. See the logs in " + home.resolve("logs"));
        }
        Thread.sleep(1000);
      }
    }
  }

  private DemoResult account(Instant started) {
    SparkSession spark = SparkSessions.open(environment, "icestream demo");
    Accounting accounting = new Accounting(spark);
    List<PipelineAccount> accounts = new ArrayList<>();
    List<TableState> tables = new ArrayList<>();
    for (DemoPipeline pipeline : DemoPipeline.ALL) {
      accounts.add(accounting.of(pipeline, ledger(pipeline)));
      pipeline.tables().forEach(table -> tables.add(TableState.of(spark, table)));
    }
    List<DemoQuery> queries =
        DemoQuery.ALL.stream()
            .map(query -> new DemoQuery(query.get(0), query.get(1), spark.sql(query.get(1))))
            .toList();
    return new DemoResult(
        accounts, tables, queries, home, Duration.between(started, Instant.now()));
  }

  private Path ledger(DemoPipeline pipeline) {
    return home.resolve("ledger").resolve(pipeline.name() + ".tsv");
  }

  private static String names(Map<DemoPipeline, Load> loads) {
    return String.join(", ", loads.keySet().stream().map(DemoPipeline::name).toList());
  }

  /** The pipelines' processes; none outlives the demo. */
  private static final class RunningPipelines implements AutoCloseable {
    private final List<PipelineProcess> processes = new ArrayList<>();

    void add(PipelineProcess process) {
      processes.add(process);
    }

    void requireRunning() {
      processes.forEach(PipelineProcess::requireRunning);
    }

    void stop() throws InterruptedException {
      for (PipelineProcess process : processes) {
        process.stop();
      }
    }

    @Override
    public void close() {
      processes.forEach(PipelineProcess::close);
    }
  }
}
