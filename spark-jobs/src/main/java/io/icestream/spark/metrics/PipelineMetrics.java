/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.KafkaDefinition;
import io.icestream.model.SinkDefinition;
import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.CommitReports;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.decode.EventAges;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.BatchListener;
import io.icestream.spark.source.TopicProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures a pipeline while it runs. Counts on the batches' threads, and does everything that takes
 * time on a thread of its own. What goes wrong there is logged, and the pipeline goes on.
 */
public final class PipelineMetrics implements BatchListener {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineMetrics.class);
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final SparkSession spark;
  private final String pipeline;
  private final Registries registries;
  private final TopicProbe probe;
  private final TableNames tables;
  private final LedgerMeters ledgers;
  private final QueryMeters queries;
  private final Progress progress;
  private final CommitReports.Listening reports;
  private final OwnFreshness freshness;
  private final ScheduledThreadPoolExecutor thread;

  private PipelineMetrics(SparkSession spark, QueryPlan plan, Environment environment) {
    this.spark = spark;
    this.pipeline = plan.pipeline();
    this.registries = Registries.open(environment.metrics(), pipeline);
    Meters meters = new Meters(registries.all(), pipeline);
    this.tables = new TableNames(plan.tables());
    this.ledgers = new LedgerMeters(meters, tables);
    this.queries = new QueryMeters(meters, pipeline);
    this.probe =
        new TopicProbe(plan.source().kafka().topic(), environment.kafka(), plan.pipeline());
    this.progress = new Progress(meters, probe);
    this.reports = CommitReports.listen(ledgers::reported);
    this.thread = new ScheduledThreadPoolExecutor(1, PipelineMetrics::daemon);
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.freshness =
        new OwnFreshness(
            meters,
            environment,
            pipeline,
            plan.sinks().stream().map(SinkDefinition::table).toList());
    JobMeters job = new JobMeters(meters);
    TableMeters health = new TableMeters(meters, spark, tables);
    MetricsSettings settings = registries.settings();
    thread.execute(guarded("the markers", () -> startAt(plan)));
    repeat("the process", settings.interval(), job::look);
    repeat("the topic", settings.interval(), () -> progress.look(Instant.now()));
    repeat("the tables", settings.tablesInterval(), health::look);
    if (settings.freshness()) {
      repeat("the freshness of tables", settings.interval(), freshness::look);
    }
  }

  /**
   * Starts to measure.
   *
   * @param spark the session of the pipeline
   * @param plan what runs; its tables exist
   * @param environment says where metrics are published
   * @throws PipelineFailure if what the environment says of metrics is wrong
   */
  public static PipelineMetrics start(SparkSession spark, QueryPlan plan, Environment environment) {
    PipelineMetrics metrics = new PipelineMetrics(spark, plan, environment);
    spark.streams().addListener(metrics.queries);
    return metrics;
  }

  @Override
  public void committed(String table, Marker marker) {
    Instant now = Instant.now();
    ledgers.committed(table, marker, now);
    tables.of(table).ifPresent(name -> progress.committed(name, marker, now));
  }

  @Override
  public void quarantined(Map<String, Long> rows) {
    ledgers.quarantined(rows);
  }

  @Override
  public void finished(BatchRange range, long read, Map<String, Long> unmet, EventAges ages) {
    ledgers.finished(read, unmet);
    ledgers.aged(ages, Instant.now());
    progress.reached(range.to().partitions());
    try {
      thread.execute(guarded("the consumer group", progress::mirror));
    } catch (RejectedExecutionException e) {
      LOG.debug("The pipeline is ending", e);
    }
  }

  /** Looks a last time, publishes what has not been published, and ends. */
  @Override
  public void close() {
    spark.streams().removeListener(queries);
    reports.close();
    thread.execute(guarded("the consumer group", progress::mirror));
    thread.execute(guarded("the topic", () -> progress.look(Instant.now())));
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    guarded("the connection to Kafka", probe::close).run();
    guarded("the freshness of tables", freshness::close).run();
    registries.close();
  }

  /**
   * Where the table is that has got least far. One that is to start at the end says nothing yet.
   */
  private void startAt(QueryPlan plan) {
    SortedMap<Integer, Long> next = null;
    for (SinkDefinition sink : plan.sinks()) {
      Optional<Marker> marker = BatchCommits.newestMarker(spark, pipeline, sink.table());
      if (marker.isEmpty() && plan.source().kafka().start() == KafkaDefinition.Start.LATEST) {
        return;
      }
      SortedMap<Integer, Long> to =
          marker.map(found -> found.to().partitions()).orElse(new TreeMap<>());
      next = next == null ? to : least(next, to);
    }
    progress.startAt(next);
  }

  private static SortedMap<Integer, Long> least(
      SortedMap<Integer, Long> one, SortedMap<Integer, Long> other) {
    SortedMap<Integer, Long> least = new TreeMap<>();
    one.forEach(
        (partition, offset) -> {
          if (other.containsKey(partition)) {
            least.put(partition, Math.min(offset, other.get(partition)));
          }
        });
    return least;
  }

  private void repeat(String what, Duration interval, Runnable task) {
    var unused =
        thread.scheduleWithFixedDelay(
            guarded(what, task), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Runnable guarded(String what, Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.atWarn()
            .addKeyValue("pipeline", pipeline)
            .log("Nothing is measured of {} for now: {}", what, e.toString());
        LOG.debug("Why", e);
      }
    };
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "icestream-metrics");
    thread.setDaemon(true);
    return thread;
  }
}
