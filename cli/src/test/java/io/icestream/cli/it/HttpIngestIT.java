/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.TopicContent;
import io.icestream.cli.process.Workspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HTTP ingest with a real broker behind it: what is acknowledged is there, exactly as often. */
@ExtendWith(SharedStack.class)
class HttpIngestIT {

  private static final String TOPIC = "http.readings";
  private static final int REQUESTS = 1_000;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();

  /** One request and what has to become of it. */
  private record Sent(
      int index, int status, List<String> good, int rejected, HttpRequest request) {}

  /** One answer. */
  private record Answered(Sent sent, HttpResponse<String> response) {}

  @Test
  void acknowledgesExactlyWhatIsInKafka(Stack stack) throws Exception {
    // given
    Path letters = Workspace.emptyFolder("http").resolve("dead-letters.ndjson");
    RunningCommand server =
        stack
            .command()
            .start(
                "produce",
                "http",
                "--port",
                0,
                "--topic",
                TOPIC,
                "--create-topic",
                "--key",
                "/device_id",
                "--dead-letters",
                letters)
            .awaitOnError("Ctrl-C stops", 1);
    URI uri = uri(server);

    // when
    List<Answered> answers = sendAll(uri);
    Outcome stopped = server.terminate();

    // then
    Map<String, Integer> acknowledged = new HashMap<>();
    int rejected = 0;
    for (Answered each : answers) {
      assertThat(each.response().statusCode())
          .as("request " + each.sent().index() + ": " + each.response().body())
          .isEqualTo(each.sent().status());
      JsonNode body = json.readTree(each.response().body());
      if (body.has("error")) {
        assertThat(body.get("error").asText()).isNotBlank();
      } else {
        assertThat(body.get("accepted").asInt()).isEqualTo(each.sent().good().size());
        assertThat(body.get("rejected").asInt()).isEqualTo(each.sent().rejected());
        rejected += each.sent().rejected();
        each.sent().good().forEach(value -> acknowledged.merge(value, 1, Integer::sum));
      }
    }
    Map<String, Integer> stored =
        TopicContent.of(stack.servers(), TOPIC).stream()
            .collect(Collectors.toMap(r -> new String(r.value(), UTF_8), r -> 1, Integer::sum));
    assertThat(stored).isEqualTo(acknowledged);
    assertThat(acknowledged).as("records of " + REQUESTS + " requests").hasSizeGreaterThan(500);
    assertThat(TopicContent.of(stack.servers(), TOPIC))
        .allSatisfy(
            r ->
                assertThat(json.readTree(r.value()).get("device_id").asText())
                    .isEqualTo(new String(r.key(), UTF_8)));
    assertThat(Files.readAllLines(letters)).hasSize(rejected);
    assertThat(stopped.err()).doesNotContain("error");
  }

  private List<Answered> sendAll(URI uri) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Answered>> calls = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        Sent sent = request(uri, i);
        calls.add(() -> new Answered(sent, client.send(sent.request(), BodyHandlers.ofString())));
      }
      List<Answered> answers = new ArrayList<>();
      for (Future<Answered> each : threads.invokeAll(calls)) {
        answers.add(each.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }

  /** Drawn by the request's number, so that a failure can be looked at again. */
  private static Sent request(URI uri, int index) {
    Random random = new Random(index);
    String one = reading(index, 0);
    String two = reading(index, 1);
    String type = "application/json";
    return switch (random.nextInt(9)) {
      case 0 -> sent(uri, index, 200, List.of(one), 0, type, one);
      case 1 -> sent(uri, index, 200, List.of(one, two, one), 0, type, array(one, two, one));
      case 2 ->
          sent(uri, index, 200, List.of(one, two), 0, "application/x-ndjson", one + "\n" + two);
      case 3 ->
          sent(
              uri,
              index,
              207,
              List.of(one, two),
              2,
              "application/x-ndjson",
              one + "\n{\"device_id\":\n" + two + "\n{\"no\":\"key\"}\n");
      case 4 -> sent(uri, index, 400, List.of(), 0, type, one.substring(0, one.length() / 2));
      case 5 -> sent(uri, index, 415, List.of(), 0, "text/html", one);
      case 6 -> sent(uri, index, 400, List.of(), 0, type, "");
      case 7 -> sent(uri, index, 400, List.of(), 1, type, "{\"device_id\":null}");
      default -> {
        boolean large = random.nextInt(8) == 0;
        yield large
            ? sent(uri, index, 413, List.of(), 0, type, "[" + " ".repeat(5 << 20) + one + "]")
            : sent(uri, index, 200, List.of(one), 0, type, one);
      }
    };
  }

  private static String array(String... records) {
    return "[" + String.join(" ,\n", records) + "]";
  }

  private static String reading(int request, int number) {
    return "{\"device_id\":\"d%d\",\"request\":%d,\"number\":%d}"
        .formatted(request % 17, request, number);
  }

  private static Sent sent(
      URI uri, int index, int status, List<String> good, int rejected, String type, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("content-type", type)
            .timeout(Duration.ofMinutes(2))
            .POST(BodyPublishers.ofString(body))
            .build();
    return new Sent(index, status, good, rejected, request);
  }

  private static URI uri(RunningCommand server) {
    Matcher at = Pattern.compile("http://\\S+").matcher(server.errorSoFar());
    assertThat(at.find()).isTrue();
    return URI.create(at.group());
  }
}
