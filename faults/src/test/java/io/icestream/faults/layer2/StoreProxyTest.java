/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icestream.faults.layer2.StoreProxy.Behaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through a proxy to a small store that keeps what it is given. */
class StoreProxyTest {
  private static final int MANY = 30;
  private static final String CONTENT = "some rows, \u00e9 among them. ".repeat(100);

  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private final Map<String, String> hosts = new ConcurrentHashMap<>();
  private HttpServer store;
  private StoreProxy proxy;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext("/", this::serve);
    store.start();
    proxy = new StoreProxy(URI.create("http://127.0.0.1:" + store.getAddress().getPort()));
    // Behind the proxy, which decides what HTTP clients of this JVM may send
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    proxy.close();
    store.stop(0);
  }

  @Test
  void passesRequestsAndAnswersOnAsTheyAre() throws Exception {
    // when
    HttpResponse<String> put = put("/lake/a%20b?uploads=1&x");
    HttpResponse<String> got = get("/lake/a%20b?uploads=1&x");
    HttpResponse<String> absent = get("/lake/absent");

    // then
    assertThat(put.statusCode()).isEqualTo(200);
    assertThat(stored).containsOnlyKeys("/lake/a%20b?uploads=1&x");
    assertThat(got.body()).isEqualTo(CONTENT);
    assertThat(got.headers().firstValue("etag")).contains("tag");
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(hosts.get("/lake/absent")).isEqualTo(proxy.address().getAuthority());
    assertThat(proxy.harmed()).isZero();
  }

  @Test
  void tellsTheLengthOfWhatAHeadAsksFor() throws Exception {
    // given
    put("/lake/file");

    // when
    HttpResponse<String> head =
        client.send(
            request("/lake/file").method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());

    // then
    assertThat(head.headers().firstValueAsLong("content-length"))
        .hasValue(CONTENT.getBytes(UTF_8).length);
  }

  @Test
  void refusesSomeRequestsWithoutPassingThemOnWhenBusy() throws Exception {
    // given
    proxy.behave(Behaviour.BUSY, 1);

    // when
    List<HttpResponse<String>> answers = putMany();

    // then
    long refused = answers.stream().filter(answer -> answer.statusCode() == 503).count();
    assertThat(refused).isEqualTo(proxy.harmed()).isBetween(1L, MANY - 1L);
    assertThat(stored).hasSize(MANY - (int) refused);
  }

  @Test
  void answersWithAnErrorBehindWhatItHasDoneWhenForgetful() throws Exception {
    // given
    proxy.behave(Behaviour.FORGETFUL, 1);

    // when
    List<HttpResponse<String>> answers = putMany();

    // then
    long failed = answers.stream().filter(answer -> answer.statusCode() == 500).count();
    assertThat(failed).isEqualTo(proxy.harmed()).isBetween(1L, MANY - 1L);
    assertThat(stored).hasSize(MANY);
  }

  @Test
  void breaksSomeAnswersOffWhenItCuts() throws Exception {
    // given
    put("/lake/file");
    proxy.behave(Behaviour.CUT, 1);

    // when
    int whole = 0;
    int broken = 0;
    for (int i = 0; i < MANY; i++) {
      try {
        assertThat(get("/lake/file").body()).isEqualTo(CONTENT);
        whole++;
      } catch (IOException e) {
        broken++;
      }
    }

    // then
    assertThat(broken).isEqualTo((int) proxy.harmed()).isBetween(1, MANY - 1);
    assertThat(whole).isEqualTo(MANY - broken);
  }

  @Test
  void leavesSomeRequestsWithoutAnAnswerWhenSilent() {
    // given
    proxy.behave(Behaviour.SILENT, 1);

    // when, then
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < MANY; i++) {
                client.send(
                    request("/lake/absent").timeout(Duration.ofMillis(500)).build(),
                    BodyHandlers.ofString());
              }
            })
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(proxy.harmed()).isOne();
  }

  @Test
  void takesItsTimeWhenSlow() throws Exception {
    // given
    proxy.behave(Behaviour.SLOW, 1);
    Instant start = Instant.now();

    // when
    put("/lake/file");

    // then
    assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(250));
    assertThat(stored).hasSize(1);
  }

  @Test
  void isGoodAgainWhenItIsTold() throws Exception {
    // given
    proxy.behave(Behaviour.BUSY, 1);
    putMany();
    long harmed = proxy.harmed();

    // when
    proxy.behave();
    List<HttpResponse<String>> answers = putMany();

    // then
    assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
    assertThat(proxy.harmed()).isEqualTo(harmed);
  }

  private List<HttpResponse<String>> putMany() throws Exception {
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      answers.add(put("/lake/" + i));
    }
    return answers;
  }

  private HttpResponse<String> put(String path) throws Exception {
    return client.send(
        request(path).PUT(BodyPublishers.ofString(CONTENT)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(proxy.address() + path));
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    hosts.put(path, exchange.getRequestHeaders().getFirst("Host"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    try (exchange) {
      if (exchange.getRequestMethod().equals("PUT")) {
        stored.put(path, body);
        exchange.sendResponseHeaders(200, -1);
      } else if (!stored.containsKey(path)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (exchange.getRequestMethod().equals("HEAD")) {
        exchange
            .getResponseHeaders()
            .set("Content-Length", Integer.toString(stored.get(path).length));
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.getResponseHeaders().set("ETag", "tag");
        exchange.sendResponseHeaders(200, stored.get(path).length);
        exchange.getResponseBody().write(stored.get(path));
      }
    }
  }
}
