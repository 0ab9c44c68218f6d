/* SPDX-License-Identifier: MIT */
package io.icestream.spark.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers Prometheus under {@code /metrics}, and says in a file where it is. The file goes in
 * order; a process that is killed leaves it behind, so that Prometheus sees a target that is down.
 */
final class PrometheusEndpoint implements AutoCloseable {
  private static final String CONTENT = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Optional<Path> target;

  private PrometheusEndpoint(HttpServer server, ExecutorService threads, Optional<Path> target) {
    this.server = server;
    this.threads = threads;
    this.target = target;
  }

  /**
   * Starts to answer.
   *
   * @param registry what is answered
   * @param address where; port 0 is any free one
   * @param target the file for Prometheus' file discovery; empty if none is wanted
   * @throws PipelineFailure if the address is taken, or the file cannot be written
   */
  static PrometheusEndpoint open(
      PrometheusMeterRegistry registry, InetSocketAddress address, Optional<Path> target) {
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new PipelineFailure(
          Kind.CONFIGURATION,
          "Metrics cannot be offered at "
              + address
              + ": "
              + e.getMessage()
              + ". Set 'metrics.prometheus' of the environment to another port, or to port 0 for any"
              + " free one.",
          e);
    }
    ExecutorService threads =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "icestream-prometheus");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/metrics", exchange -> answer(exchange, registry));
    server.start();
    PrometheusEndpoint endpoint = new PrometheusEndpoint(server, threads, target);
    try {
      endpoint.writeTarget();
    } catch (IOException e) {
      endpoint.close();
      throw new PipelineFailure(
          Kind.CONFIGURATION,
          "The file "
              + target.map(Path::toString).orElse("")
              + " cannot be written: "
              + e
              + ". Correct 'metrics.prometheus.targets' of the environment.",
          e);
    }
    return endpoint;
  }

  /** The port that it answers on. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    target.ifPresent(
        file -> {
          try {
            Files.deleteIfExists(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void writeTarget() throws IOException {
    if (target.isPresent()) {
      Path file = target.get();
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      String host = server.getAddress().getAddress().getHostAddress();
      Files.writeString(draft, "[{\"targets\": [\"" + host + ":" + port() + "\"]}]\n");
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void answer(HttpExchange exchange, PrometheusMeterRegistry registry)
      throws IOException {
    try (exchange) {
      byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", CONTENT);
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
