/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import io.icestream.model.Suggestion;
import io.icestream.model.metric.Metric;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where metrics are published, as the environment says under {@code metrics.}.
 *
 * @param prometheus where Prometheus may fetch them ({@code prometheus}, as {@code host:port}; port
 *     0 is any free one); empty if nowhere
 * @param targets folder in which a running pipeline leaves a file for Prometheus that says where it
 *     is ({@code prometheus.targets}); empty if none
 * @param cloudWatch whether they go to CloudWatch (default false)
 * @param namespace of CloudWatch ({@code cloudwatch.namespace})
 * @param endpoint of CloudWatch, where it is not AWS ({@code cloudwatch.endpoint})
 * @param region of CloudWatch ({@code cloudwatch.region}); empty for what the process is told
 * @param credentials for CloudWatch ({@code cloudwatch.access-key-id} and {@code
 *     cloudwatch.secret-access-key}), where it is not AWS; empty for what the process is told
 * @param step how often they go to CloudWatch ({@code cloudwatch.step}, default 1m)
 * @param interval how often the backlog is looked at ({@code interval}, default 15s)
 * @param tablesInterval how often tables are looked at ({@code tables.interval}, default 60s)
 * @param freshness whether the pipeline tells how fresh its tables are, where no probe does ({@code
 *     freshness}, default false)
 */
record MetricsSettings(
    Optional<InetSocketAddress> prometheus,
    Optional<Path> targets,
    boolean cloudWatch,
    String namespace,
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<Credentials> credentials,
    Duration step,
    Duration interval,
    Duration tablesInterval,
    boolean freshness) {
  private static final List<String> KEYS =
      List.of(
          "prometheus",
          "prometheus.targets",
          "cloudwatch",
          "cloudwatch.access-key-id",
          "cloudwatch.namespace",
          "cloudwatch.endpoint",
          "cloudwatch.region",
          "cloudwatch.secret-access-key",
          "cloudwatch.step",
          "freshness",
          "interval",
          "tables.interval");

  /**
   * Reads the settings.
   *
   * @throws PipelineFailure if a key is unknown or a value wrong
   */
  static MetricsSettings of(Map<String, String> entries) {
    for (String key : new TreeSet<>(entries.keySet())) {
      if (!KEYS.contains(key)) {
        throw wrong(key, "is unknown. " + Suggestion.among(key, KEYS, "Known keys"), null);
      }
    }
    return new MetricsSettings(
        Optional.ofNullable(entries.get("prometheus")).map(MetricsSettings::address),
        Optional.ofNullable(entries.get("prometheus.targets")).map(Path::of),
        isTrue("cloudwatch", entries),
        entries.getOrDefault("cloudwatch.namespace", Metric.NAMESPACE),
        Optional.ofNullable(entries.get("cloudwatch.endpoint")).map(URI::create),
        Optional.ofNullable(entries.get("cloudwatch.region")),
        credentials(entries),
        duration("cloudwatch.step", entries.getOrDefault("cloudwatch.step", "1m")),
        duration("interval", entries.getOrDefault("interval", "15s")),
        duration("tables.interval", entries.getOrDefault("tables.interval", "60s")),
        isTrue("freshness", entries));
  }

  private static boolean isTrue(String key, Map<String, String> entries) {
    String text = entries.getOrDefault(key, "false");
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, "is '" + text + "'. Set it to true or false.", null);
    };
  }

  private static Optional<Credentials> credentials(Map<String, String> entries) {
    String id = entries.get("cloudwatch.access-key-id");
    String secret = entries.get("cloudwatch.secret-access-key");
    if (id == null && secret == null) {
      return Optional.empty();
    }
    if (id == null || secret == null) {
      String missing = id == null ? "access-key-id" : "secret-access-key";
      throw wrong(
          "cloudwatch." + missing, "is missing. Credentials need both of its keys, or none.", null);
    }
    return Optional.of(new Credentials(id, secret));
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw wrong("prometheus", "is '" + text + "'. Set it to HOST:PORT, as 127.0.0.1:9464.", e);
    }
  }

  private static Duration duration(String key, String text) {
    try {
      Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (duration.compareTo(Duration.ofSeconds(1)) >= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw wrong(key, "is '" + text + "'. Set it to a duration such as 15s or 1m.", e);
    }
    throw wrong(key, "is '" + text + "'. Set it to a second or more.", null);
  }

  /** A key and its secret, which no text shows. */
  record Credentials(String accessKeyId, String secretAccessKey) {
    @Override
    public String toString() {
      return "credentials of " + accessKeyId;
    }
  }

  private static PipelineFailure wrong(String key, String what, Exception cause) {
    return new PipelineFailure(
        Kind.CONFIGURATION, "Key 'metrics." + key + "' of the environment " + what, cause);
  }
}
