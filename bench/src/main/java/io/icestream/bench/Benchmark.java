/* SPDX-License-Identifier: MIT */
package io.icestream.bench;

import io.icestream.bench.lake.StoreRequests;
import io.icestream.bench.lake.TableState;
import io.icestream.bench.process.MeasuredProcess;
import io.icestream.bench.process.ProcessCost;
import io.icestream.bench.report.Measurement;
import io.icestream.bench.system.Drain;
import io.icestream.bench.system.MeasuredSystem;
import io.icestream.bench.workload.RowChecksum;
import io.icestream.bench.workload.Workload;
import io.icestream.localstack.ServerStatus;
import io.icestream.producers.kafka.ProducerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileUtil;

/** Fills topics, lets each system drain them in turn, and counts what arrived. */
public final class Benchmark {
  private static final Duration LIMIT = Duration.ofMinutes(60);

  private final BenchPlan plan;
  private final BenchStack stack;
  private final Path home;
  private final Consumer<String> progress;

  /**
   * @param plan what is measured
   * @param stack its broker; topics and runs are kept beside it
   */
  public Benchmark(BenchPlan plan, BenchStack stack) {
    this.plan = plan;
    this.stack = stack;
    this.home = stack.home();
    this.progress = stack.progress();
  }

  /**
   * Measures everything, on a broker that is started before and ended after.
   *
   * @throws BenchException if a system fails, or a table does not hold the rows of its topic
   */
  public List<Measurement> run() {
    return stack.with(
        broker -> {
          List<Measurement> all = new ArrayList<>();
          for (Workload workload : plan.workloads()) {
            all.addAll(measure(workload, broker));
          }
          return all;
        });
  }

  private List<Measurement> measure(Workload workload, ServerStatus broker) {
    List<MeasuredSystem> systems =
        plan.systems().stream()
            .filter(s -> s.drains(workload, plan.settings().partitions()))
            .toList();
    List<FilledTopic> topics = new ArrayList<>();
    for (long rows : plan.sizes()) {
      progress.accept("Topic of " + rows + " records " + workload.label());
      topics.add(
          FilledTopic.of(
              workload,
              rows,
              plan.seed(),
              ProducerSettings.of(broker.address().orElseThrow()),
              home.resolve("topics")));
    }
    List<Measurement> measured = new ArrayList<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      for (FilledTopic topic : topics) {
        for (int i = 0; i < systems.size(); i++) {
          // Each system is once the first and once the last
          MeasuredSystem system = systems.get((i + round - 1) % systems.size());
          measured.add(measure(new Run(workload, topic, system, round), broker));
        }
      }
    }
    return measured;
  }

  private record Run(Workload workload, FilledTopic topic, MeasuredSystem system, int round) {
    String name() {
      return workload.label() + "-" + topic.rows().rows() + "-" + system.label() + "-" + round;
    }
  }

  private Measurement measure(Run run, ServerStatus broker) {
    Path folder = emptyFolder(home.resolve("runs").resolve(run.name()));
    long rows = run.topic().rows().rows();
    Drain drain =
        new Drain(
            run.workload(),
            rows,
            run.topic().name(),
            broker.address().orElseThrow(),
            folder,
            plan.settings());
    List<String> words = run.system().prepare(drain);
    double brokerBefore = cpuSeconds(broker);
    ProcessCost cost = new MeasuredProcess(run.system().label(), folder).run(words, LIMIT);
    double brokerCpu = cpuSeconds(broker) - brokerBefore;
    Measurement.Table table = table(run, drain);
    Measurement measured =
        new Measurement(
            run.system().label(),
            run.workload().label(),
            rows,
            run.round(),
            cost,
            brokerCpu,
            table,
            StoreRequests.read(drain.requests()));
    progress.accept(line(run, measured));
    if (Files.exists(drain.recording())) {
      progress.accept("Recording: " + drain.recording());
    }
    FileUtil.fullyDelete(drain.lake().folder().toFile());
    return measured;
  }

  private static Measurement.Table table(Run run, Drain drain) {
    if (run.system().leaves() == MeasuredSystem.Leaves.NOTHING) {
      return Measurement.Table.NONE;
    }
    TableState state = drain.lake().state(run.workload().shape());
    RowChecksum wanted = run.topic().rows();
    if (state.rows().rows() != wanted.rows()) {
      throw new BenchException(
          run.name()
              + ": the table has "
              + state.rows().rows()
              + " rows, the topic "
              + wanted.rows()
              + ". What it did is in "
              + drain.folder());
    }
    List<String> different = wanted.difference(state.rows());
    if (run.system().leaves() == MeasuredSystem.Leaves.ROWS && !different.isEmpty()) {
      throw new BenchException(
          run.name()
              + ": the table has other values than the topic in "
              + String.join(", ", different)
              + ". What it did is in "
              + drain.folder());
    }
    return new Measurement.Table(
        state.commits(), state.files(), state.bytes(), state.rows().text());
  }

  private static double cpuSeconds(ServerStatus server) {
    return ProcessHandle.of(server.pid().orElseThrow())
        .flatMap(process -> process.info().totalCpuDuration())
        .map(time -> time.toMillis() / 1000.0)
        .orElseThrow(() -> new BenchException("The broker has ended. Its log: " + server.log()));
  }

  private static String line(Run run, Measurement measured) {
    return String.format(
        Locale.ROOT,
        "%s: %.1f CPU-s, %.1f s, broker %.1f CPU-s, %d commits, %d files, %d MB at most",
        run.name(),
        measured.cost().cpuSeconds(),
        measured.cost().wall().toMillis() / 1000.0,
        measured.brokerCpuSeconds(),
        measured.table().commits(),
        measured.table().files(),
        measured.cost().peakBytes() >> 20);
  }

  private static Path emptyFolder(Path folder) {
    FileUtil.fullyDelete(folder.toFile());
    try {
      return Files.createDirectories(folder.toAbsolutePath());
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be made", e);
    }
  }
}
