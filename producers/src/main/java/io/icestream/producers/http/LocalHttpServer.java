/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icestream.producers.ProducerException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Serves {@link HttpIngest} on this machine alone, for trying it out. It authenticates nobody. */
public final class LocalHttpServer implements AutoCloseable {

  private static final int THREADS = 16;
  private static final int GRACE_SECONDS = 2;
  private static final long LARGEST_PASSED_OVER = 64 << 20;

  private final HttpServer server;
  private final ExecutorService threads;

  private LocalHttpServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to serve.
   *
   * @param port 0 for a free one
   * @throws ProducerException if the port is taken
   */
  public static LocalHttpServer start(int port, HttpIngest ingest, IngestSettings settings) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new ProducerException(
          "Port " + port + " cannot be served (" + e.getMessage() + "): give another with --port.",
          e);
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, ingest, settings.limits().bodyBytes()));
    server.start();
    return new LocalHttpServer(server, threads);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Lets requests that are under way finish for two seconds. */
  @Override
  public void close() {
    server.stop(GRACE_SECONDS);
    threads.shutdown();
    try {
      boolean unused = threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void serve(HttpExchange exchange, HttpIngest ingest, int bodyBytes)
      throws IOException {
    try (exchange) {
      HttpResponse response;
      try {
        response = ingest.answer(request(exchange, bodyBytes));
      } catch (ProducerException e) {
        response = new HttpResponse(503, Map.of(), IngestAnswer.error(e.getMessage()));
      }
      byte[] body = response.body().getBytes(UTF_8);
      response.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("content-type", "application/json");
      exchange.sendResponseHeaders(response.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** A client that still sends when its connection closes never sees the answer. */
  private static void passOver(InputStream in) throws IOException {
    // The JDK's stream skips past the end of the body, into nothing
    byte[] chunk = new byte[64 << 10];
    long passed = 0;
    for (int read = 0; read >= 0 && passed < LARGEST_PASSED_OVER; read = in.read(chunk)) {
      passed += read;
    }
  }

  private static HttpRequest request(HttpExchange exchange, int bodyBytes) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    byte[] body;
    try (InputStream in = exchange.getRequestBody()) {
      body = in.readNBytes(bodyBytes + 1);
      passOver(in);
    }
    return new HttpRequest(
        UUID.randomUUID().toString(),
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        headers,
        body);
  }
}
