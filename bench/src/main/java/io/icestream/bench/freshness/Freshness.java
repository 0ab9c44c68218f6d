/* SPDX-License-Identifier: MIT */
package io.icestream.bench.freshness;

import io.icestream.bench.BenchException;
import io.icestream.bench.process.MeasuredProcess;
import io.icestream.bench.process.ProcessCost;
import io.icestream.bench.system.Drain;
import io.icestream.bench.system.Systems;
import io.icestream.bench.system.TopicReader;
import io.icestream.bench.workload.WorkloadRecords;
import io.icestream.producers.kafka.Pace;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.ProductionResult;
import io.icestream.producers.kafka.ProgressListener;
import io.icestream.producers.kafka.TopicProducer;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import io.icestream.producers.ledger.ProductionLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Produces at a pace while Icestream runs, and finds out when each row could be seen. */
public final class Freshness {
  private static final int PARTITIONS = 4;
  private static final Duration REST = Duration.ofMinutes(5);

  private final FreshnessPlan plan;
  private final String bootstrapServers;
  private final Path folder;

  /**
   * @param plan what is measured
   * @param bootstrapServers a broker that runs
   * @param folder of its own, absolute and empty
   */
  public Freshness(FreshnessPlan plan, String bootstrapServers, Path folder) {
    this.plan = plan;
    this.bootstrapServers = bootstrapServers;
    this.folder = folder;
  }

  /**
   * Measures; takes as long as the plan says, and a start.
   *
   * @throws BenchException if the pipeline fails, or a row is not seen within five minutes after
   *     the last was produced
   */
  public FreshnessResult run() {
    String topic = "bench-fresh-" + plan.rate() + "-" + Instant.now().toEpochMilli();
    ProducerSettings kafka = ProducerSettings.of(bootstrapServers);
    try (Topics topics = Topics.connect(kafka)) {
      topics.createIfAbsent(List.of(new TopicSpec(topic, PARTITIONS)));
    }
    Drain drain =
        new Drain(plan.workload(), plan.rows(), topic, bootstrapServers, folder, plan.settings());
    List<String> words = Systems.continuous(drain, plan.trigger());
    MeasuredProcess process = new MeasuredProcess("icestream", folder);
    Duration limit = plan.warmUp().plus(plan.measured()).plus(REST.multipliedBy(2));
    CompletableFuture<ProcessCost> cost =
        CompletableFuture.supplyAsync(() -> process.run(words, limit));
    TableWatch watch = new TableWatch(drain.lake(), "icestream.bench.bench.events.to", plan.rows());
    CompletableFuture<Void> watching = CompletableFuture.runAsync(watch);
    try {
      long start = System.currentTimeMillis();
      double reached = produce(topic, kafka);
      // A pipeline that fails ends the waiting, too
      Object unused =
          CompletableFuture.anyOf(watching, cost).get(REST.toMillis(), TimeUnit.MILLISECONDS);
      process.terminate();
      ProcessCost used = cost.get();
      Lags lags = lags(topic, start + plan.warmUp().toMillis(), watch.sightings());
      return result(reached, lags, watch.sightings().count(), used);
    } catch (TimeoutException e) {
      throw new BenchException(
          "Rows are missing five minutes after the last was produced. The pipeline's output: "
              + process.output(),
          e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BenchException known
          ? known
          : new BenchException("Freshness cannot be measured", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted while freshness was measured", e);
    } finally {
      watch.stop();
      process.terminate();
    }
  }

  /** Records per second that it came to. */
  private double produce(String topic, ProducerSettings kafka) {
    try (TopicProducer producer = TopicProducer.connect(kafka)) {
      ProductionResult produced =
          producer.produce(
              topic,
              new WorkloadRecords(plan.workload(), plan.rows(), plan.seed()),
              Pace.perSecond(plan.rate()),
              ProductionLedger.none(),
              ProgressListener.none());
      if (produced.acknowledged() != plan.rows()) {
        throw new BenchException("Kafka has " + produced.acknowledged() + " of " + plan.rows());
      }
      return produced.acknowledged() * 1e3 / produced.elapsed().toMillis();
    }
  }

  private Lags lags(String topic, long countedFrom, Sightings sightings) {
    Lags lags = new Lags();
    TopicReader.read(
        bootstrapServers,
        topic,
        plan.rows(),
        records -> {
          for (ConsumerRecord<byte[], byte[]> record : records) {
            OptionalLong seen = sightings.of(record.partition(), record.offset());
            if (seen.isEmpty()) {
              throw new BenchException(
                  "Record " + record.offset() + " of " + record.partition() + " was never seen");
            }
            if (record.timestamp() >= countedFrom) {
              lags.add(seen.getAsLong() - record.timestamp());
            }
          }
        });
    if (lags.count() == 0) {
      throw new BenchException("No record counts: the time to measure is too short");
    }
    return lags;
  }

  private FreshnessResult result(double reached, Lags lags, int snapshots, ProcessCost cost) {
    return new FreshnessResult(
        plan.rate(),
        reached,
        lags.count(),
        lags.atMost(500),
        lags.atMost(990),
        lags.atMost(1000),
        snapshots,
        cost);
  }
}
