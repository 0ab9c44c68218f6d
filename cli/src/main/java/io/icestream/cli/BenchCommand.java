/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.icestream.bench.BenchPlan;
import io.icestream.bench.BenchStack;
import io.icestream.bench.Benchmark;
import io.icestream.bench.freshness.Freshness;
import io.icestream.bench.freshness.FreshnessPlan;
import io.icestream.bench.freshness.FreshnessResult;
import io.icestream.bench.lake.Partitions;
import io.icestream.bench.report.BenchReport;
import io.icestream.bench.system.Drain;
import io.icestream.bench.system.MeasuredSystem;
import io.icestream.bench.system.RivalLibraries;
import io.icestream.bench.system.Systems;
import io.icestream.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures Icestream and others. */
@Command(
    name = "bench",
    description = {
      "Measure what it costs to bring records from Kafka to Iceberg, with Icestream and with",
      "others, each in a process of its own, on a broker of its own. Needs Linux. Fails if a table",
      "does not hold exactly the rows of its topic."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private HomeOption home;

  @Option(
      names = "--rows",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000000,3000000",
      description = {
        "Records to drain; of two sizes or more, the first and the last tell the cost of a row from",
        "the cost of a start (default: ${DEFAULT-VALUE})"
      })
  private List<Long> rows;

  @Option(
      names = "--systems",
      paramLabel = "NAME",
      split = ",",
      description = "The systems to measure; 'all' for all (default: those on Icestream's classes)")
  private List<String> systems;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "iot-json",
      description = "iot-json, iot-avro, wide-json, wide-avro (default: ${DEFAULT-VALUE})")
  private List<String> workloads;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each system drains each topic (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(
      names = "--commit-rows",
      paramLabel = "N",
      defaultValue = "250000",
      description = "Rows of one commit, the same for all systems (default: ${DEFAULT-VALUE})")
  private long commitRows;

  @Option(
      names = "--commit-every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Time between two commits of flink and connect (default: ${DEFAULT-VALUE})")
  private int commitEvery;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "2g",
      description = "The largest heap of each system (default: ${DEFAULT-VALUE})")
  private String heap;

  @Option(
      names = "--partitions",
      paramLabel = "HOW",
      defaultValue = "day",
      description = {
        "How the table is partitioned: 'day', 'none', or a number of buckets of the first column",
        "(default: ${DEFAULT-VALUE})"
      })
  private String partitions;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Chooses the content of the records (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--profile",
      description = "Record Icestream with the JDK's flight recorder, and name the file")
  private boolean profile;

  @Option(
      names = "--freshness",
      paramLabel = "RATE",
      description = {
        "Instead: produce so many records per second while Icestream runs, and tell how old each row",
        "was when a table loaded afresh had it"
      })
  private Long freshness;

  @Option(
      names = "--measure",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "With --freshness: time whose records count (default: ${DEFAULT-VALUE})")
  private int measure;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "180",
      description = "With --freshness: time before, whose do not (default: ${DEFAULT-VALUE})")
  private int warmUp;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the result to a Markdown file, in the place of the last of its workload")
  private Path report;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> progress =
        line -> {
          err.println(line);
          err.flush();
        };
    Path own = home.path().resolve("bench");
    RivalLibraries libraries =
        new RivalLibraries(Distribution.sources(), own.resolve("lib"), progress);
    BenchStack stack = new BenchStack(own, Distribution.path(), progress);
    if (freshness != null) {
      return measureFreshness(stack);
    }
    BenchPlan plan =
        new BenchPlan(
            workloads.stream().map(this::workload).toList(),
            chosen(libraries),
            rows,
            rounds,
            seed,
            settings());
    BenchReport result = new BenchReport(plan, new Benchmark(plan, stack).run());
    if (report != null) {
      result.writeTo(report);
      err.println("Written to " + report);
    }
    print(result);
    return ExitCodes.OK;
  }

  private int measureFreshness(BenchStack stack) throws IOException {
    FreshnessPlan plan =
        new FreshnessPlan(
            workload(workloads.get(0)),
            freshness,
            Duration.ZERO,
            Duration.ofSeconds(warmUp),
            Duration.ofSeconds(measure),
            seed,
            settings());
    FileUtil.fullyDelete(stack.home().resolve("freshness").toFile());
    Path folder = Files.createDirectories(stack.home().resolve("freshness"));
    FreshnessResult result =
        stack.with(broker -> new Freshness(plan, broker.address().orElseThrow(), folder).run());
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> out.println(result.text());
      case JSON -> out.println(result.json());
    }
    out.flush();
    return ExitCodes.OK;
  }

  private Drain.Settings settings() {
    return new Drain.Settings(
        commitRows, Duration.ofSeconds(commitEvery), heap, Partitions.of(partitions), profile);
  }

  private void print(BenchReport result) throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> out.println(result.text());
      case JSON -> out.println(result.json());
    }
    out.flush();
  }

  private Workload workload(String label) {
    return Workload.of(label)
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "No workload '"
                        + label
                        + "': give one of "
                        + Arrays.stream(Workload.values())
                            .map(Workload::label)
                            .collect(Collectors.joining(", "))));
  }

  private List<MeasuredSystem> chosen(RivalLibraries libraries) {
    if (systems == null) {
      return Systems.own(libraries);
    }
    List<MeasuredSystem> all = Systems.all(libraries);
    return systems.equals(List.of("all"))
        ? all
        : systems.stream().map(label -> system(label, all)).toList();
  }

  private MeasuredSystem system(String label, List<MeasuredSystem> all) {
    return all.stream()
        .filter(system -> system.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "No system '"
                        + label
                        + "': give all, or some of "
                        + all.stream()
                            .map(MeasuredSystem::label)
                            .collect(Collectors.joining(", "))));
  }
}
