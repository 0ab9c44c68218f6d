/* SPDX-License-Identifier: MIT */
package io.icestream.producers.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icestream.producers.ProducerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The real client of SQS, against a server that speaks its protocol. */
class SqsDeadLettersTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> calls = new ArrayList<>();
  private final List<JsonNode> kept = new ArrayList<>();
  private int failing = -1;
  private HttpServer server;
  private SqsClient client;
  private SqsDeadLetters letters;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
            .build();
    letters =
        new SqsDeadLetters(client, "https://sqs.eu-central-1.amazonaws.com/123456789012/letters");
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void sendsLettersWithReasonAndPayload() {
    // when
    letters.keep(List.of(letter("r1", "é".getBytes(UTF_8))));

    // then
    JsonNode letter = kept.get(0);
    assertThat(letter.get("origin").asText()).isEqualTo("http");
    assertThat(letter.get("place").asText()).isEqualTo("r1");
    assertThat(letter.get("topic").asText()).isEqualTo("t");
    assertThat(letter.get("reason").asText()).isEqualTo("Because é");
    assertThat(new String(Base64.getDecoder().decode(letter.get("payload").asText()), UTF_8))
        .isEqualTo("é");
    assertThat(letter.get("payload_cut").asBoolean()).isFalse();
  }

  @Test
  void keepsWithinTheBoundsOfACall() {
    // given
    List<DeadLetter> many =
        IntStream.range(0, 25).mapToObj(i -> letter("small " + i, new byte[] {1})).toList();
    byte[] large = new byte[200 << 10];

    // when
    letters.keep(many);
    letters.keep(List.of(letter("large", large), letter("large too", large)));

    // then
    assertThat(calls)
        .extracting(call -> call.get("Entries").size())
        .containsExactly(10, 10, 5, 1, 1);
    assertThat(kept).hasSize(27);
    JsonNode cut = kept.get(25);
    assertThat(cut.get("payload_cut").asBoolean()).isTrue();
    assertThat(cut.get("payload_bytes").asInt()).isEqualTo(large.length);
  }

  @Test
  void failsIfOneLetterIsNotTaken() {
    // given
    failing = 1;

    // then
    assertThatThrownBy(
            () -> letters.keep(List.of(letter("a", new byte[1]), letter("b", new byte[1]))))
        .isInstanceOf(ProducerException.class)
        .hasMessageStartingWith("1 dead letters could not be sent to https://sqs.")
        .hasMessageContaining("InternalError");
  }

  private static DeadLetter letter(String place, byte[] payload) {
    return new DeadLetter("http", place, "t", "Because é", payload);
  }

  private void answer(HttpExchange exchange) throws IOException {
    assertThat(exchange.getRequestHeaders().getFirst("x-amz-target"))
        .isEqualTo("AmazonSQS.SendMessageBatch");
    JsonNode call = JSON.readTree(exchange.getRequestBody());
    calls.add(call);
    var answer = JSON.createObjectNode();
    var successful = answer.putArray("Successful");
    var failed = answer.putArray("Failed");
    for (JsonNode entry : call.get("Entries")) {
      String id = entry.get("Id").asText();
      String body = entry.get("MessageBody").asText();
      if (id.equals(String.valueOf(failing))) {
        failed.addObject().put("Id", id).put("Code", "InternalError").put("SenderFault", false);
      } else {
        kept.add(JSON.readTree(body));
        successful
            .addObject()
            .put("Id", id)
            .put("MessageId", "m")
            .put("MD5OfMessageBody", md5(body));
      }
    }
    byte[] bytes = JSON.writeValueAsBytes(answer);
    exchange.getResponseHeaders().set("content-type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
