/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricKind;
import io.icestream.spark.failure.PipelineFailure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meters, and how they are published. */
class MetersTest {
  @TempDir private Path folder;

  @Test
  void publishesEachMetricUnderTheNameOfTheCatalogue() throws IOException {
    // given
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Meters meters = new Meters(registry, "iot");
    List<Metric> published = Arrays.stream(Metric.values()).filter(Metric::isInPrometheus).toList();
    for (Metric metric : published) {
      String[] rest = Collections.nCopies(metric.tags().size() - 1, "x").toArray(String[]::new);
      if (metric.kind() == MetricKind.COUNTER) {
        meters.add(metric, 2, rest);
      } else {
        meters.set(metric, 3, rest);
      }
    }

    // when
    String text;
    Path target = folder.resolve("targets/iot.json");
    try (PrometheusEndpoint endpoint =
        PrometheusEndpoint.open(
            registry, new InetSocketAddress("127.0.0.1", 0), Optional.of(target))) {
      assertThat(target).content().contains("127.0.0.1:" + endpoint.port());
      URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + "/metrics");
      try (InputStream in = uri.toURL().openStream()) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    // then
    assertThat(target).doesNotExist();
    assertThat(Files.list(target.getParent())).isEmpty();
    List<String> series =
        text.lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf('{')))
            .toList();
    assertThat(series)
        .containsExactlyInAnyOrder(
            published.stream().map(Metric::prometheus).toArray(String[]::new));
    assertThat(text).contains("icestream_rows_written_total{pipeline=\"iot\",table=\"x\"} 2.0");
  }

  @Test
  void putsTheHundredthAndOneRuleTogetherWithAllLaterOnes() {
    // given
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Meters meters = new Meters(registry, "iot");

    // when
    for (int rule = 0; rule < 150; rule++) {
      meters.add(Metric.ROWS_UNMET, 1, "step.rule" + rule);
    }
    meters.add(Metric.ROWS_UNMET, 1, "step.rule0");

    // then
    assertThat(registry.getMeters()).hasSize(101);
    assertThat(registry.get("icestream.rows.unmet").tag("rule", "other").counter().count())
        .isEqualTo(50);
    assertThat(registry.get("icestream.rows.unmet").tag("rule", "step.rule0").counter().count())
        .isEqualTo(2);
  }

  @Test
  void refusesAMetricWithoutItsTags() {
    // given
    Meters meters = new Meters(new SimpleMeterRegistry(), "iot");

    // then
    assertThatThrownBy(() -> meters.add(Metric.ROWS_WRITTEN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ROWS_WRITTEN");
    assertThatThrownBy(() -> meters.set(Metric.ROWS_READ, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsTablesOfValuesAsTheirSink() {
    // given
    TableNames names = new TableNames(List.of("iot.events", "iot.events_raw", "iot.quarantine"));

    // then
    assertThat(names.of("iot.events_berlin")).contains("iot.events");
    assertThat(names.of("iot.events_raw")).contains("iot.events_raw");
    assertThat(names.ofQualified("lake.iot.quarantine")).contains("iot.quarantine");
    assertThat(names.ofQualified("lake.ref.devices")).isEmpty();
  }

  @Test
  void namesTheSettingThatIsUnknownAndTheOneThatWasMeant() {
    assertThatThrownBy(() -> MetricsSettings.of(Map.of("promethius", "127.0.0.1:0")))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("metrics.promethius")
        .hasMessageContaining("Did you mean 'prometheus'?");
  }

  @Test
  void refusesAnAddressWithoutAPort() {
    assertThatThrownBy(() -> MetricsSettings.of(Map.of("prometheus", "localhost")))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("'localhost'")
        .hasMessageContaining("HOST:PORT");
  }

  @Test
  void refusesAnIntervalOfLessThanASecond() {
    assertThatThrownBy(() -> MetricsSettings.of(Map.of("interval", "0s")))
        .isInstanceOf(PipelineFailure.class)
        .hasMessageContaining("metrics.interval")
        .hasMessageContaining("a second or more");
  }
}
