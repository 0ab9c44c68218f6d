/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.kafka.SendOutcome;
import io.icestream.producers.kafka.SendOutcome.Acknowledged;
import io.icestream.producers.kafka.SendOutcome.Failed;
import io.icestream.producers.kafka.TopicRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HTTP server with pages of three records, which fails as it is told. */
class ApiPollTest {

  private static final int PAGE = 3;

  @TempDir private Path folder;

  private final List<String> data = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<TopicRecord> sent = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private boolean kafkaFails;
  private HttpServer server;

  private enum Fault {
    TOO_MANY,
    ERROR,
    CUT,
    FORBIDDEN
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/readings", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void followsTheCursorAndGoesOnBehindItTheNextTime() {
    // given
    append(7);

    // when
    PollResult first = poll();
    PollResult unchanged = poll();
    append(4);
    PollResult second = poll();

    // then
    assertThat(first).isEqualTo(new PollResult(3, 7, false));
    assertThat(unchanged).isEqualTo(new PollResult(0, 0, false));
    assertThat(second).isEqualTo(new PollResult(2, 4, false));
    assertThat(values()).containsExactlyElementsOf(data);
    assertThat(requests)
        .startsWith("limit=3", "after=1&limit=3", "after=2&limit=3", "after=2&limit=3");
    assertThat(sent.get(0).key()).isEqualTo("0".getBytes(UTF_8));
    assertThat(authorizations).containsOnly("Bearer s3cret");
  }

  @Test
  void takesNoMorePagesThanAllowed() {
    // given
    append(20);

    // then
    assertThat(poll("pages: 2\n")).isEqualTo(new PollResult(2, 6, true));
    assertThat(poll("pages: 9\n")).isEqualTo(new PollResult(5, 14, false));
    assertThat(values()).containsExactlyElementsOf(data);
  }

  @Test
  void waitsAsLongAsItIsToldAndTriesAgain() {
    // given
    append(2);
    faults.addAll(List.of(Fault.TOO_MANY, Fault.ERROR, Fault.CUT));

    // when
    PollResult result = poll();

    // then
    assertThat(result.records()).isEqualTo(2);
    assertThat(waits.get(0)).isEqualTo(Duration.ofSeconds(7));
    assertThat(waits.get(1)).isBetween(Duration.ofMillis(20), Duration.ofMillis(40));
    assertThat(waits.get(2)).isBetween(Duration.ofMillis(40), Duration.ofMillis(80));
  }

  @Test
  void givesUpAfterAllTriesAndAtOnceWhereNoTryHelps() {
    // given
    append(2);
    faults.addAll(List.of(Fault.ERROR, Fault.ERROR, Fault.ERROR, Fault.ERROR));

    // then
    assertThatThrownBy(this::poll)
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("did not answer in 4 tries. The last: HTTP status 500");
    faults.add(Fault.FORBIDDEN);
    assertThatThrownBy(this::poll)
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("HTTP status 403")
        .hasMessageNotContaining("s3cret");
    assertThat(waits).hasSize(3);
  }

  @Test
  void movesTheCursorOnlyBehindWhatIsAcknowledged() {
    // given
    append(7);
    kafkaFails = true;

    // when
    assertThatThrownBy(this::poll)
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("could not be sent: gone");
    kafkaFails = false;
    PollResult result = poll();

    // then
    assertThat(result.records()).isEqualTo(7);
    assertThat(values()).containsExactlyElementsOf(data);
  }

  @Test
  void losesNothingWhateverFails() {
    // given
    Random random = new Random(3);
    Fault[] kinds = Fault.values();

    // when
    for (int round = 0; round < 60; round++) {
      append(random.nextInt(5));
      for (int i = random.nextInt(6); i > 0; i--) {
        faults.add(kinds[random.nextInt(kinds.length)]);
      }
      kafkaFails = random.nextInt(4) == 0;
      try {
        PollResult unused = poll();
      } catch (ProducerException e) {
        assertThat(e).hasMessageContaining("API 'weather'");
      }
    }
    faults.clear();
    kafkaFails = false;
    PollResult unused = poll();

    // then
    assertThat(values().stream().distinct().toList()).containsExactlyElementsOf(data);
    assertThat(data).hasSizeGreaterThan(60);
  }

  @Test
  void keepsWhatIsNoRecordAsALetter() {
    // given
    append(1);
    data.add("17");
    append(1);

    // when
    poll();

    // then
    assertThat(values()).containsExactly(data.get(0), data.get(2));
    assertThat(letters).hasSize(1);
    assertThat(letters.get(0).place()).isEqualTo("api weather, cursor none, record 1");
  }

  private PollResult poll() {
    return poll("");
  }

  private PollResult poll(String more) {
    ApiDefinition api =
        ApiFile.read(
            "weather.yaml",
            """
            name: weather
            topic: weather
            url: http://127.0.0.1:%d/readings
            headers: { Authorization: "Bearer ${secret:api#token}" }
            query: { limit: "${env:LIMIT}" }
            records: /data
            key: /id
            cursor: { from: /next, parameter: after }
            attempts: 4
            backoff: 20ms
            """
                    .formatted(server.getAddress().getPort())
                + more);
    Placeholders placeholders =
        new Placeholders(Map.of("LIMIT", "3"), id -> "{\"token\":\"s3cret\"}");
    return new ApiPoll(
            api,
            new PageFetch(api, placeholders, waits::add),
            new StateFile(folder.resolve("state.json")),
            this::send,
            letters::addAll)
        .run();
  }

  private List<SendOutcome> send(List<TopicRecord> records) {
    if (kafkaFails) {
      return records.stream().map(each -> (SendOutcome) new Failed("gone")).toList();
    }
    sent.addAll(records);
    return records.stream().map(each -> (SendOutcome) new Acknowledged(0, 0)).toList();
  }

  private void append(int count) {
    IntStream.range(0, count).forEach(i -> data.add("{\"id\":" + data.size() + "}"));
  }

  private List<String> values() {
    return sent.stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Fault fault = faults.poll();
      if (fault != null) {
        fail(exchange, fault);
        return;
      }
      String query = exchange.getRequestURI().getRawQuery();
      requests.add(query);
      authorizations.add(exchange.getRequestHeaders().getFirst("authorization"));
      int page =
          query.startsWith("after=") ? Integer.parseInt(query.substring(6, query.indexOf('&'))) : 0;
      List<String> records =
          data.subList(
              Math.min(data.size(), page * PAGE), Math.min(data.size(), page * PAGE + PAGE));
      String next = data.size() > page * PAGE + PAGE ? String.valueOf(page + 1) : "null";
      String etag = "\"" + page + "-" + records.size() + "-" + next + "\"";
      if (etag.equals(exchange.getRequestHeaders().getFirst("if-none-match"))) {
        exchange.sendResponseHeaders(304, -1);
        return;
      }
      byte[] body =
          ("{\"data\":"
                  + records.stream().collect(Collectors.joining(",", "[", "]"))
                  + ",\"next\":"
                  + next
                  + "}")
              .getBytes(UTF_8);
      exchange.getResponseHeaders().set("etag", etag);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void fail(HttpExchange exchange, Fault fault) throws IOException {
    switch (fault) {
      case TOO_MANY -> {
        exchange.getResponseHeaders().set("retry-after", "7");
        exchange.sendResponseHeaders(429, -1);
      }
      case ERROR -> exchange.sendResponseHeaders(500, -1);
      case FORBIDDEN -> exchange.sendResponseHeaders(403, -1);
      case CUT -> {
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"data\":[{\"id\":0}".getBytes(UTF_8));
        exchange.getResponseBody().flush();
      }
    }
  }
}
