/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.icestream.cli.process.FunctionProcess;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.TopicContent;
import io.icestream.cli.process.Workspace;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricTag;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The other functions from their zip file, each called with an event of its trigger. */
@ExtendWith(SharedStack.class)
class FunctionsIT {

  private static final String SCHEDULE =
      """
      {"version":"0","id":"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa","detail-type":"Scheduled Event",
       "source":"aws.events","account":"123456789012","time":"2026-11-01T10:00:00Z",
       "region":"eu-central-1","resources":["arn:aws:events:eu-central-1:123456789012:rule/r"],
       "detail":{}}
      """;

  @BeforeAll
  static void createTopics(Stack stack) {
    try (Topics topics =
        Topics.connect(ProducerSettings.of(stack.environment().bootstrapServers()))) {
      List<String> unused =
          topics.createIfAbsent(
              List.of(
                  new TopicSpec("iot.urls", 1),
                  new TopicSpec("polled.weather", 1),
                  new TopicSpec("simulated.clicks", 1)));
    }
  }

  @Test
  void answersARequestOnceItsRecordIsInKafka(Stack stack) throws IOException {
    // given
    FunctionProcess function =
        FunctionProcess.of(
            stack.servers(),
            "function-http",
            Map.of(
                "ICESTREAM_TOPICS",
                "iot.urls",
                "ICESTREAM_KEY",
                "/device_id",
                "ICESTREAM_METRICS",
                "emf",
                "AWS_LAMBDA_FUNCTION_NAME",
                "ingest"));
    String event =
        Files.readString(
                Workspace.root()
                    .resolve("producers/src/test/resources/io/icestream/producers/http")
                    .resolve("function-url-event.json"))
            .replace("iot.readings", "iot.urls");

    // when
    Outcome outcome =
        function.call("io.icestream.producers.http.HttpIngestHandler", event).outcome().succeeded();

    // then
    assertThat(outcome.out()).contains("\"statusCode\":200").contains("\\\"accepted\\\":1");
    assertTellsTheCatalogue(outcome.out());
    assertThat(TopicContent.of(stack.servers(), "iot.urls"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(new String(record.key(), UTF_8)).isEqualTo("d1");
              assertThat(new String(record.value(), UTF_8))
                  .isEqualTo("{\"device_id\":\"d1\",\"temperature\":21.5}");
            });
  }

  /** What the catalogue has is told, and nothing else; dashboards ask for no more. */
  private static void assertTellsTheCatalogue(String log) throws IOException {
    SortedSet<String> told = new TreeSet<>();
    for (String text : log.lines().filter(line -> line.startsWith("{\"_aws\"")).toList()) {
      JsonNode line = new ObjectMapper().readTree(text);
      assertThat(line.path("producer").asText()).isEqualTo("ingest");
      JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
      assertThat(directive.path("Dimensions")).hasSize(1);
      List<String> dimensions = new ArrayList<>();
      directive.at("/Dimensions/0").forEach(dimension -> dimensions.add(dimension.asText()));
      directive
          .path("Metrics")
          .forEach(
              metric ->
                  told.add(
                      directive.path("Namespace").asText()
                          + "/"
                          + metric.path("Name").asText()
                          + "("
                          + String.join(",", dimensions)
                          + ") "
                          + metric.path("Unit").asText()));
    }
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Metric.values())
                .filter(metric -> metric.tags().contains(MetricTag.PRODUCER))
                .map(
                    metric ->
                        Metric.NAMESPACE
                            + "/"
                            + metric.cloudWatch()
                            + "("
                            + metric.tags().stream()
                                .map(MetricTag::key)
                                .collect(Collectors.joining(","))
                            + ") "
                            + metric.unit().cloudWatch())
                .toList());
    assertThat(GrafanaQueries.ofCloudWatch())
        .filteredOn(query -> query.contains(MetricTag.PRODUCER.key()))
        .containsExactlyInAnyOrderElementsOf(
            told.stream().map(metric -> metric.replaceAll(" .*", "")).toList());
  }

  @Test
  void pollsAnApiAndKeepsItsCursorInS3(Stack stack) throws IOException {
    // given
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/",
        exchange -> {
          boolean first = exchange.getRequestURI().getRawQuery() == null;
          byte[] page =
              (first
                      ? "{\"data\":[{\"n\":1},{\"n\":2}],\"next\":\"p2\"}"
                      : "{\"data\":[{\"n\":3}]}")
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    api.start();
    String file =
        """
        name: weather
        topic: polled.weather
        url: http://127.0.0.1:%d/readings
        records: /data
        cursor: { from: /next, parameter: after }
        """
            .formatted(api.getAddress().getPort());
    String unused = StackObjects.put(stack, "apis/weather.yaml", file.getBytes(UTF_8));
    FunctionProcess function =
        FunctionProcess.of(
            stack.servers(),
            "function-api",
            Map.of(
                "ICESTREAM_API_FILE", "s3://lake/apis/weather.yaml",
                "ICESTREAM_API_STATES", "s3://lake/apis/states"));

    // when
    String handler = "io.icestream.producers.api.ApiPollHandler";
    Outcome first = function.call(handler, SCHEDULE).outcome().succeeded();
    Outcome second = function.call(handler, SCHEDULE).outcome().succeeded();
    api.stop(0);

    // then
    assertThat(first.out()).contains("\"records\":3").contains("\"pages\":2");
    assertThat(second.out()).contains("\"records\":0").contains("\"pages\":1");
    assertThat(StackObjects.text(stack, "apis/states/weather.json"))
        .isEqualTo("{\"cursor\":\"p2\",\"sent\":1}");
    assertThat(TopicContent.of(stack.servers(), "polled.weather"))
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
  }

  @Test
  void simulatesAsManyEventsAsItIsTold(Stack stack) {
    // given
    FunctionProcess function =
        FunctionProcess.of(
            stack.servers(),
            "function-simulation",
            Map.of(
                "ICESTREAM_SIMULATOR", "clicks",
                "ICESTREAM_TOPIC", "simulated.clicks",
                "ICESTREAM_COUNT", "1234"));

    // when
    Outcome outcome =
        function
            .call("io.icestream.producers.scheduled.SimulationHandler", SCHEDULE)
            .outcome()
            .succeeded();

    // then
    assertThat(outcome.out()).contains("{\"sent\":1234}");
    assertThat(TopicContent.of(stack.servers(), "simulated.clicks")).hasSize(1234);
  }
}
