/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.spark.failure.PipelineFailure;
import io.micrometer.cloudwatch2.CloudWatchConfig;
import io.micrometer.cloudwatch2.CloudWatchMeterRegistry;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClientBuilder;

/** Where an environment wants metrics: Prometheus, CloudWatch, both or nowhere. */
public final class Registries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Registries.class);

  private final CompositeMeterRegistry all = new CompositeMeterRegistry();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final MetricsSettings settings;

  private Registries(MetricsSettings settings) {
    this.settings = settings;
  }

  /**
   * Opens them.
   *
   * @param metrics the environment's settings, without their prefix
   * @param name names the file that tells Prometheus where this process is
   * @throws PipelineFailure if a setting is wrong or an address taken
   */
  public static Registries open(Map<String, String> metrics, String name) {
    Registries registries = new Registries(MetricsSettings.of(metrics));
    try {
      registries.addPrometheus(name);
      registries.addCloudWatch();
      return registries;
    } catch (RuntimeException e) {
      registries.close();
      throw e;
    }
  }

  /** All of them as one. */
  public MeterRegistry all() {
    return all;
  }

  MetricsSettings settings() {
    return settings;
  }

  /** Publishes what has not been yet, then closes. */
  @Override
  public void close() {
    all.close();
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        LOG.warn("Metrics were not closed in order", e);
      }
    }
  }

  private void addPrometheus(String name) {
    if (settings.prometheus().isPresent()) {
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      PrometheusEndpoint endpoint =
          PrometheusEndpoint.open(
              registry,
              settings.prometheus().get(),
              settings.targets().map(folder -> folder.resolve(name + ".json")));
      open.add(endpoint);
      all.add(registry);
      LOG.info("Metrics are offered to Prometheus on port {}", endpoint.port());
    }
  }

  private void addCloudWatch() {
    if (settings.cloudWatch()) {
      CloudWatchAsyncClientBuilder builder = CloudWatchAsyncClient.builder();
      settings.endpoint().ifPresent(builder::endpointOverride);
      settings.region().map(Region::of).ifPresent(builder::region);
      settings
          .credentials()
          .map(keys -> AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey()))
          .map(StaticCredentialsProvider::create)
          .ifPresent(builder::credentialsProvider);
      CloudWatchAsyncClient client = builder.build();
      CloudWatchMeterRegistry registry =
          new CloudWatchMeterRegistry(
              config(settings.namespace(), settings.step()), Clock.SYSTEM, client);
      open.add(client);
      all.add(registry);
    }
  }

  private static CloudWatchConfig config(String namespace, Duration step) {
    Map<String, String> entries =
        Map.of("cloudwatch.namespace", namespace, "cloudwatch.step", step.toSeconds() + "s");
    return entries::get;
  }
}
