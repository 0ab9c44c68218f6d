/* SPDX-License-Identifier: MIT */
package io.icestream.cli.live;

import io.icestream.cli.live.TableRow.State;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricTag;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.metrics.FreshnessProbe;
import io.icestream.spark.metrics.FreshnessProbe.Freshness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All tables that pipelines write, look by look. Rates are those since the look before. */
public final class LiveTables implements AutoCloseable {
  private final Environment environment;
  private final FreshnessProbe probe;
  private Map<String, Double> counts = Map.of();
  private Instant counted = Instant.EPOCH;

  /**
   * @param environment where pipelines run
   */
  public LiveTables(Environment environment) {
    this.environment = environment;
    this.probe = new FreshnessProbe(environment);
  }

  /** The processes that have said where they are. */
  public static List<RunningProcess> processes(Environment environment) {
    return Optional.ofNullable(environment.metrics().get("prometheus.targets"))
        .map(folder -> RunningProcess.all(Path.of(folder)))
        .orElse(List.of());
  }

  /**
   * Looks.
   *
   * @throws PipelineFailure if Kafka does not answer
   */
  public List<TableRow> look() {
    Map<String, RunningProcess> processes = new HashMap<>();
    processes(environment).forEach(process -> processes.put(process.name(), process));
    Instant now = Instant.now();
    double seconds = (now.toEpochMilli() - counted.toEpochMilli()) / 1000.0;
    Map<String, Double> next = new HashMap<>();
    List<TableRow> rows = new ArrayList<>();
    for (Freshness each : probe.look()) {
      RunningProcess process =
          processes.getOrDefault(
              each.pipeline(), new RunningProcess(each.pipeline(), "", Optional.empty()));
      double read = process.sum(Metric.ROWS_READ);
      double written =
          of(process, Metric.ROWS_WRITTEN, each.table())
              + of(process, Metric.ROWS_UPDATED, each.table());
      rows.add(
          new TableRow(
              each.pipeline(),
              each.table(),
              state(process, processes),
              rate(each.pipeline(), read, seconds, next),
              rate(each.pipeline() + " " + each.table(), written, seconds, next),
              each.records(),
              each.ageSeconds(),
              (long) process.sum(Metric.ROWS_QUARANTINED),
              process.isAlive() ? (long) of(process, Metric.TABLE_FILES, each.table()) : -1));
    }
    counts = next;
    counted = now;
    return rows;
  }

  @Override
  public void close() {
    probe.close();
  }

  private double rate(String name, double count, double seconds, Map<String, Double> next) {
    next.put(name, count);
    double before = counts.getOrDefault(name, count);
    return Math.max(0, count - before) / seconds;
  }

  private static State state(RunningProcess process, Map<String, RunningProcess> known) {
    if (process.isAlive()) {
      return State.RUNNING;
    }
    return known.containsKey(process.name()) ? State.DEAD : State.STOPPED;
  }

  private static double of(RunningProcess process, Metric metric, String table) {
    return process.answer().orElse(List.of()).stream()
        .filter(series -> series.isOf(metric) && series.tag(MetricTag.TABLE).equals(table))
        .mapToDouble(Series::value)
        .sum();
  }
}
