/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icestream.producers.ProducerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3's own client before a server that keeps one object, and may cut a line after a write. */
class S3StateTest {

  private final List<String> writes = new ArrayList<>();
  private HttpServer server;
  private S3Client s3;
  private Optional<String> object = Optional.empty();
  private int cuts;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/lake/state.json", this::answer);
    server.start();
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .serviceConfiguration(
                service -> service.pathStyleAccessEnabled(true).chunkedEncodingEnabled(false))
            .region(Region.EU_WEST_1)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
  }

  @AfterEach
  void stop() {
    s3.close();
    server.stop(0);
  }

  @Test
  void writesOverWhatItHasReadAndWritten() {
    // given
    S3State state = state();

    // when
    Optional<PollState> before = state.load();
    state.save(PollState.at("p2"));
    state.save(PollState.at("p3"));

    // then
    assertThat(before).isEmpty();
    assertThat(state().load()).contains(PollState.at("p3"));
  }

  @Test
  void takesAWriteWhoseAnswerWasLostForDone() {
    // given
    S3State state = state();
    Optional<PollState> unused = state.load();
    cuts = 1;

    // when
    state.save(PollState.at("p2"));
    state.save(PollState.at("p3"));

    // then
    assertThat(writes)
        .as("the first write is repeated by the client, and the second goes over it")
        .containsExactly("201 p2", "412 p2", "201 p3");
    assertThat(state().load()).contains(PollState.at("p3"));
  }

  @Test
  void refusesToWriteOverAnotherPollsState() {
    // given
    S3State late = state();
    Optional<PollState> unused = late.load();
    state().save(PollState.at("p5"));

    // when, then
    assertThatThrownBy(() -> late.save(PollState.at("p2")))
        .isInstanceOf(ProducerException.class)
        .hasMessageContaining("State s3://lake/state.json was written by another poll")
        .hasMessageContaining("reserved concurrency 1");
    assertThat(state().load()).contains(PollState.at("p5"));
  }

  private S3State state() {
    return new S3State(s3, "lake", "state.json");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("PUT")) {
        put(exchange);
      } else if (object.isPresent()) {
        exchange.getResponseHeaders().set("ETag", etag());
        respond(exchange, 200, object.get());
      } else {
        respond(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
      }
    }
  }

  private void put(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String match = exchange.getRequestHeaders().getFirst("If-Match");
    boolean allowed = match == null ? object.isEmpty() : object.isPresent() && match.equals(etag());
    writes.add((allowed ? "201 " : "412 ") + PollState.of(body).cursor().orElseThrow());
    if (!allowed) {
      respond(exchange, 412, "<Error><Code>PreconditionFailed</Code></Error>");
      return;
    }
    object = Optional.of(body);
    if (cuts > 0) {
      cuts--;
      return;
    }
    exchange.getResponseHeaders().set("ETag", etag());
    exchange.sendResponseHeaders(200, -1);
  }

  private String etag() {
    return "\"" + Integer.toHexString(object.orElseThrow().hashCode()) + "\"";
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
