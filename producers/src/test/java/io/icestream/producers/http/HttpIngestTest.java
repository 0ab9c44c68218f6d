/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.producers.ProducerException;
import io.icestream.producers.deadletter.DeadLetter;
import io.icestream.producers.deadletter.DeadLetters;
import io.icestream.producers.format.TopicFormats;
import io.icestream.producers.http.IngestSettings.Limits;
import io.icestream.producers.kafka.SendOutcome;
import io.icestream.producers.kafka.SendOutcome.Acknowledged;
import io.icestream.producers.kafka.SendOutcome.Failed;
import io.icestream.producers.kafka.SendOutcome.Refused;
import io.icestream.producers.kafka.TopicRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpIngestTest {

  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";

  private final List<TopicRecord> sent = new ArrayList<>();
  private final List<DeadLetter> letters = new ArrayList<>();
  private Function<TopicRecord, SendOutcome> kafka =
      record -> new Acknowledged(0, sent.size() - 1L);
  private DeadLetters queue = letters::addAll;
  private IngestSettings settings =
      new IngestSettings(
          Set.of("a", "b"), Optional.empty(), TopicFormats.JSON, new Limits(1_000, 100, 5));

  @Test
  void sendsAnObjectWithTheBytesThatItCameWith() {
    // when
    HttpResponse response = post("/topics/a", JSON, " {\"x\" : 1.50, \"é\":\"\\u0041\"} \n");

    // then
    assertThat(response.status()).isEqualTo(200);
    assertThat(texts()).containsExactly("{\"x\" : 1.50, \"é\":\"\\u0041\"}");
    assertThat(body(response).get("records").get(0).toString())
        .isEqualTo("{\"index\":0,\"status\":\"accepted\",\"partition\":0,\"offset\":0}");
  }

  @Test
  void sendsTheElementsOfAnArrayAndTheLinesOfText() {
    // when
    HttpResponse array = post("/prod/topics/a", JSON, "[{\"x\":1}, {\"x\":[2,{}]}]");
    HttpResponse lines = post("/topics/b", LINES + "; charset=utf-8", "{\"x\":3}\r\n\n{\"x\":4}");

    // then
    assertThat(array.status()).isEqualTo(200);
    assertThat(lines.status()).isEqualTo(200);
    assertThat(texts()).containsExactly("{\"x\":1}", "{\"x\":[2,{}]}", "{\"x\":3}", "{\"x\":4}");
    assertThat(sent).extracting(TopicRecord::topic).containsExactly("a", "a", "b", "b");
  }

  @Test
  void takesTheKeyFromWhereThePointerPoints() {
    // given
    settings =
        new IngestSettings(
            Set.of("a"),
            Optional.of(JsonPointer.compile("/d/id")),
            TopicFormats.JSON,
            Limits.DEFAULT);

    // when
    HttpResponse response =
        post("/", LINES, "{\"d\":{\"id\":\"k1\"}}\n{\"d\":{\"id\":7}}\n{\"d\":{\"id\":null}}\n{}");

    // then
    assertThat(response.status()).isEqualTo(207);
    assertThat(sent)
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("k1", "7");
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            "The record has no text, number or boolean at /d/id",
            "The record has no text, number or boolean at /d/id");
  }

  @Test
  void writesJsonInTheFormatOfItsTopicAndTakesBytesThatAreInItAlready() {
    // given
    TopicFormats formats =
        TopicFormats.of(
            "Formats",
            "{\"a\":{\"format\":\"avro\",\"schema\":\"a\",\"framing\":\"confluent\",\"schema_id\":258}}",
            place ->
                "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}"
                    .getBytes(UTF_8));
    settings = new IngestSettings(Set.of("a", "b"), Optional.empty(), formats, Limits.DEFAULT);
    Map<String, String> binary = Map.of("content-type", "application/octet-stream");

    // when
    HttpResponse mixed = post("/topics/a", LINES, "{\"x\":1}\n{\"x\":true}\n{\"x\":2,\"y\":3}");
    HttpResponse good = answer("POST", "/topics/a", binary, new byte[] {0, 0, 0, 1, 2, 8});
    HttpResponse other = answer("POST", "/topics/a", binary, new byte[] {0, 0, 0, 1, 3, 8});
    HttpResponse noFormat = answer("POST", "/topics/b", binary, new byte[] {0, 0, 0, 1, 2, 8});

    // then
    assertThat(mixed.status()).isEqualTo(207);
    assertThat(good.status()).isEqualTo(200);
    assertThat(other.status()).isEqualTo(400);
    assertThat(noFormat.status()).isEqualTo(400);
    assertThat(sent)
        .extracting(TopicRecord::value)
        .containsExactly(new byte[] {0, 0, 0, 1, 2, 2}, new byte[] {0, 0, 0, 1, 2, 8});
    assertThat(letters)
        .extracting(DeadLetter::reason)
        .containsExactly(
            "Field x is a boolean that does not fit: the schema has an int",
            "The schema has no field y: add it, or leave it out",
            "The record begins with 0x0000000103: the header of the topic's schema is 0x0000000102",
            "The topic takes JSON: send it as application/json");
  }

  @Test
  void keepsWhatIsRejectedAndSendsTheRest() {
    // when
    HttpResponse response =
        post(
            "/topics/a",
            LINES,
            "{\"x\":1}\n{\"x\":\n[1]\n{\"big\":\"" + "y".repeat(100) + "\"}\n{\"x\":2}");

    // then
    assertThat(response.status()).isEqualTo(207);
    assertThat(texts()).containsExactly("{\"x\":1}", "{\"x\":2}");
    JsonNode body = body(response);
    assertThat(body.get("accepted").asInt()).isEqualTo(2);
    assertThat(body.get("rejected").asInt()).isEqualTo(3);
    assertThat(body.findValuesAsText("status"))
        .containsExactly("accepted", "rejected", "rejected", "rejected", "accepted");
    assertThat(body.findValuesAsText("reason").get(1))
        .isEqualTo("The record is an array: expected an object");
    assertThat(body.findValuesAsText("reason").get(2))
        .isEqualTo("The record has 110 bytes with its key: 100 at most are taken");
    assertThat(letters)
        .extracting(DeadLetter::place)
        .containsExactly("request r1, record 1", "request r1, record 2", "request r1, record 3");
    assertThat(new String(letters.get(1).payload(), UTF_8)).isEqualTo("[1]");
  }

  @Test
  void tellsRecordsToSendAgainFromThoseThatAreNever() {
    // given
    kafka =
        record ->
            switch (new String(record.value(), UTF_8)) {
              case "{\"x\":1}" -> new Acknowledged(2, 40);
              case "{\"x\":2}" -> new Refused("RecordTooLargeException: no");
              default -> new Failed("TimeoutException: gone");
            };

    // when
    HttpResponse mixed = post("/topics/a", LINES, "{\"x\":1}\n{\"x\":2}\n{\"x\":3}");
    HttpResponse gone = post("/topics/a", LINES, "{\"x\":3}");
    HttpResponse refused = post("/topics/a", LINES, "{\"x\":2}");

    // then
    assertThat(mixed.status()).isEqualTo(207);
    assertThat(body(mixed).findValuesAsText("status"))
        .containsExactly("accepted", "rejected", "not_sent");
    assertThat(gone.status()).isEqualTo(503);
    assertThat(gone.headers()).containsEntry("retry-after", "5");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(letters).hasSize(2);
  }

  @Test
  void tellsTheClientIfARejectedRecordCouldNotBeKept() {
    // given
    queue =
        unused -> {
          throw new ProducerException("no queue");
        };

    // when
    HttpResponse response = post("/topics/a", LINES, "nothing\n{\"x\":1}");

    // then
    assertThat(response.status()).isEqualTo(207);
    assertThat(body(response).get("warning").asText()).contains("could not be kept");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          application/json     | {"x":                | 400 | Malformed JSON at line 1, column 6
          application/json     | {"x":1} {"x":2}      | 400 | Something follows the end of the document at line 1, column 9
          application/json     | [{"x":1},            | 400 | Malformed JSON
          application/json     | [1,]                 | 400 | Malformed JSON
          application/json     | 5                    | 400 | The document is a number
          application/json     | []                   | 400 | The body has no record
          application/json     | ''                   | 400 | The body is empty
          application/x-ndjson | ' '                  | 400 | The body has no record
          application/json     | [{},{},{},{},{},{}]  | 413 | The body has 6 records: send 5 at most
          text/plain           | {"x":1}              | 415 | The content type is text/plain
          ''                   | {"x":1}              | 415 | The content type is missing
          """)
  void refusesARequestAsAWholeWithTheReason(String type, String body, int status, String reason) {
    // when
    HttpResponse response = post("/topics/a", type, body);

    // then
    assertThat(response.status()).isEqualTo(status);
    assertThat(body(response).get("error").asText()).startsWith(reason);
    assertThat(sent).isEmpty();
  }

  @Test
  void refusesOtherMethodsPathsTopicsEncodingsAndTooLongBodies() {
    assertThat(answer("GET", "/topics/a", Map.of(), new byte[0]).status()).isEqualTo(405);
    assertThat(post("/topics/secret", JSON, "{}").status()).isEqualTo(404);
    assertThat(post("/", JSON, "{}").status()).isEqualTo(404);
    assertThat(post("/topics/a", JSON, " ".repeat(1_001)).status()).isEqualTo(413);
    assertThat(
            answer(
                    "POST",
                    "/topics/a",
                    Map.of("content-type", JSON, "content-encoding", "gzip"),
                    new byte[] {1})
                .status())
        .isEqualTo(415);
    assertThat(
            answer(
                    "POST",
                    "/topics/a",
                    Map.of("content-type", JSON),
                    "{\"x\":1}".getBytes(UTF_16LE))
                .status())
        .isEqualTo(400);
    assertThat(sent).isEmpty();
  }

  private HttpResponse post(String path, String type, String body) {
    return answer(
        "POST",
        path,
        type == null || type.isEmpty() ? Map.of() : Map.of("content-type", type),
        body == null ? new byte[0] : body.getBytes(UTF_8));
  }

  private HttpResponse answer(
      String method, String path, Map<String, String> headers, byte[] body) {
    HttpIngest ingest =
        new HttpIngest(
            settings,
            records ->
                records.stream()
                    .map(
                        record -> {
                          sent.add(record);
                          return kafka.apply(record);
                        })
                    .toList(),
            letters -> queue.keep(letters));
    return ingest.answer(new HttpRequest("r1", method, path, headers, body));
  }

  private List<String> texts() {
    return sent.stream().map(record -> new String(record.value(), UTF_8)).toList();
  }

  private static JsonNode body(HttpResponse response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
