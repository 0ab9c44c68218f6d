/* SPDX-License-Identifier: MIT */
package io.icestream.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricTag;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What processes tell, and what it means that one tells nothing. */
class RunningProcessTest {
  private static final String TEXT =
      """
      # TYPE icestream_rows_written_total counter
      icestream_rows_written_total{pipeline="iot",table="iot.readings"} 12.0
      icestream_rows_written_total{pipeline="iot",table="iot.quarantine"} 3.0
      jvm_memory_used_bytes{area="heap"} 1.0E8
      """;

  @TempDir private Path targets;

  @Test
  void isAliveIfItAnswersAndDeadIfItDoesNot() throws IOException {
    // given
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = TEXT.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    Files.writeString(targets.resolve("iot.json"), target(port));

    // when
    List<RunningProcess> alive = RunningProcess.all(targets);
    server.stop(0);
    List<RunningProcess> dead = RunningProcess.all(targets);

    // then
    assertThat(alive).hasSize(1);
    assertThat(alive.get(0).name()).isEqualTo("iot");
    assertThat(alive.get(0).isAlive()).isTrue();
    assertThat(alive.get(0).sum(Metric.ROWS_WRITTEN)).isEqualTo(15);
    assertThat(dead).hasSize(1);
    assertThat(dead.get(0).isAlive()).isFalse();
    assertThat(dead.get(0).address()).isEqualTo("127.0.0.1:" + port);
    assertThat(dead.get(0).sum(Metric.ROWS_WRITTEN)).isZero();
  }

  @Test
  void isNoneWhereNothingHasRunYet() {
    assertThat(RunningProcess.all(targets.resolve("absent"))).isEmpty();
  }

  @Test
  void readsItsOwnMetricsOnly() {
    // when
    List<Series> series = Series.parse(TEXT);

    // then
    assertThat(series).hasSize(2);
    assertThat(series.get(0).isOf(Metric.ROWS_WRITTEN)).isTrue();
    assertThat(series.get(0).tag(MetricTag.TABLE)).isEqualTo("iot.readings");
    assertThat(series.get(0).tag(MetricTag.RULE)).isEmpty();
  }

  private static String target(int port) {
    return "[{\"targets\": [\"127.0.0.1:" + port + "\"]}]\n";
  }
}
