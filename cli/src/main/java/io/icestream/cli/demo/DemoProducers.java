/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import io.icestream.producers.kafka.Pace;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.ProductionResult;
import io.icestream.producers.kafka.TopicProducer;
import io.icestream.producers.ledger.ProductionLedger;
import io.icestream.producers.record.OutgoingRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The producers of a demo, each on a thread of its own, each with a ledger. */
final class DemoProducers implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<DemoPipeline, Future<ProductionResult>> results = new HashMap<>();
  private final Map<DemoPipeline, Long> acknowledged = new ConcurrentHashMap<>();

  /**
   * Starts a producer.
   *
   * @param pipeline whose topic gets the events
   * @param servers the brokers
   * @param events the events
   * @param pace how fast
   * @param ledger the file of its ledger
   */
  void start(
      DemoPipeline pipeline,
      String servers,
      Iterator<OutgoingRecord> events,
      Pace pace,
      Path ledger) {
    acknowledged.put(pipeline, 0L);
    results.put(
        pipeline,
        threads.submit(
            () -> {
              try (ProductionLedger lines = ProductionLedger.toFile(ledger);
                  TopicProducer producer = TopicProducer.connect(ProducerSettings.of(servers))) {
                return producer.produce(
                    pipeline.topic(),
                    events,
                    pace,
                    lines,
                    (acked, failed, elapsed) -> acknowledged.put(pipeline, acked));
              }
            }));
  }

  /** How many events of a pipeline Kafka has acknowledged. */
  long acknowledged(DemoPipeline pipeline) throws InterruptedException {
    return isDone() ? result(pipeline).acknowledged() : acknowledged.get(pipeline);
  }

  /** Whether all producers have ended. */
  boolean isDone() {
    return results.values().stream().allMatch(Future::isDone);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private ProductionResult result(DemoPipeline pipeline) throws InterruptedException {
    try {
      return results.get(pipeline).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }
}
