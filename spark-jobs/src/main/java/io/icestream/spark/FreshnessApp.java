/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.metrics.FreshnessProbe;
import io.icestream.spark.metrics.FreshnessProbe.Freshness;
import io.icestream.spark.metrics.Meters;
import io.icestream.spark.metrics.Registries;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts together what publishes how fresh tables are, outside of all jobs. */
public final class FreshnessApp {
  /** What the probe calls itself where pipelines have their names, none of which has a dot. */
  public static final String NAME = "freshness.probe";

  private static final Logger LOG = LoggerFactory.getLogger(FreshnessApp.class);

  private final Environment environment;

  /**
   * @param environment where pipelines run, and where metrics are published
   */
  public FreshnessApp(Environment environment) {
    this.environment = environment;
  }

  /**
   * Looks and publishes until it is told to stop. What cannot be looked at is told, and looked at
   * again.
   *
   * @param interval how long to wait between two looks
   * @param stop ends it when it is at 0
   * @param seen is given what was found
   * @throws PipelineFailure if what the environment says of metrics is wrong
   */
  public void run(Duration interval, CountDownLatch stop, Consumer<List<Freshness>> seen)
      throws InterruptedException {
    Map<String, Meters> meters = new HashMap<>();
    try (Registries registries = Registries.open(environment.metrics(), NAME);
        FreshnessProbe probe = new FreshnessProbe(environment)) {
      do {
        try {
          List<Freshness> found = probe.look();
          for (Freshness each : found) {
            each.show(
                meters.computeIfAbsent(
                    each.pipeline(), name -> new Meters(registries.all(), name)));
          }
          seen.accept(found);
        } catch (RuntimeException e) {
          LOG.warn("Nothing is known of tables for now: {}", e.toString());
          LOG.debug("Why", e);
        }
      } while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    }
  }
}
