/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a driver and its object store, and passes requests on as they are: their
 * signatures hold. Until it is told to do worse.
 */
final class StoreProxy implements AutoCloseable {
  /** What becomes of requests. */
  enum Behaviour {
    /** They are passed on. */
    GOOD,
    /** A third of them is answered with 503. */
    BUSY,
    /** Of every third the answer is thrown away behind the store, and 500 is the answer. */
    FORGETFUL,
    /** Of every third the answer breaks off in the middle. */
    CUT,
    /** Every third is never answered: the connection stays open for 10 s. */
    SILENT,
    /** Each is passed on after 300 ms. */
    SLOW
  }

  private static final Duration SLOWNESS = Duration.ofMillis(300);
  private static final int ONE_OF = 3;
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** Headers of a connection, not of a request; the others are signed, or might be. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI store;
  private final AtomicLong harmed = new AtomicLong();
  private Random random = new Random(0);
  private volatile Behaviour behaviour = Behaviour.GOOD;

  static {
    // The store checks the signature over the host that the driver has asked
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    // Otherwise answers wait for what the driver has to say, which is nothing
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /**
   * Starts one on a free port.
   *
   * @param store where requests go
   */
  StoreProxy(URI store) {
    this.store = store;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException("The proxy of the object store cannot be started", e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where drivers find it. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Decides what becomes of the requests from now on.
   *
   * @param seed chooses the requests that are harmed
   */
  synchronized void behave(Behaviour next, long seed) {
    random = new Random(seed);
    behaviour = next;
  }

  /** Passes on all requests from now on. */
  void behave() {
    behaviour = Behaviour.GOOD;
  }

  /** How many requests have not been passed on as they are. */
  long harmed() {
    return harmed.get();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Behaviour now = behaviour;
    boolean harm = now != Behaviour.GOOD && (now == Behaviour.SLOW || isChosen());
    if (harm) {
      harmed.incrementAndGet();
    }
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (harm && now == Behaviour.BUSY) {
        refuse(exchange, 503, "SlowDown");
        return;
      } else if (harm && now == Behaviour.SILENT) {
        rest(SILENCE);
        return;
      } else if (harm && now == Behaviour.SLOW) {
        rest(SLOWNESS);
      }
      HttpResponse<InputStream> response = pass(exchange, body);
      try (InputStream answer = response.body()) {
        if (harm && now == Behaviour.FORGETFUL) {
          answer.readAllBytes();
          refuse(exchange, 500, "InternalError");
        } else {
          answer(exchange, response, answer, harm && now == Behaviour.CUT);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isChosen() {
    return random.nextInt(ONE_OF) == 0;
  }

  private HttpResponse<InputStream> pass(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    URI asked = exchange.getRequestURI();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(store.toString().replaceAll("/+$", "") + asked.toString()));
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      if (!OF_THE_CONNECTION.contains(header.getKey().toLowerCase(Locale.ROOT))) {
        header.getValue().forEach(value -> request.header(header.getKey(), value));
      }
    }
    request.method(
        exchange.getRequestMethod(),
        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static void answer(
      HttpExchange exchange, HttpResponse<InputStream> response, InputStream answer, boolean cut)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    answer.transferTo(whole);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      // The length of what is not sent is what a HEAD is for
      response
          .headers()
          .firstValue("content-length")
          .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
    }
    exchange.sendResponseHeaders(
        response.statusCode(), head || whole.size() == 0 ? -1 : whole.size());
    if (!head && whole.size() > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(whole.toByteArray(), 0, cut ? whole.size() / 2 : whole.size());
      }
    }
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body = ("<Error><Code>" + code + "</Code></Error>").getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private void rest(Duration time) throws InterruptedException {
    closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
