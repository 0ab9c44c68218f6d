/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.icestream.cli.process.FunctionProcess;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.TopicContent;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The function of objects, from its zip file, with real servers behind it, and killed. */
@ExtendWith(SharedStack.class)
class ObjectIngestIT {

  private static final String HANDLER = "io.icestream.producers.object.ObjectIngestHandler";
  private static final String PROGRESS = "objects.progress";
  private static final int LINES = 200_000;

  @BeforeAll
  static void createTopics(Stack stack) {
    try (Topics topics =
        Topics.connect(ProducerSettings.of(stack.environment().bootstrapServers()))) {
      List<String> unused =
          topics.createIfAbsent(
              List.of(
                  new TopicSpec(PROGRESS, 2),
                  new TopicSpec("objects.killed", 2),
                  new TopicSpec("objects.twice", 1),
                  new TopicSpec("objects.queued", 1)));
    }
  }

  @Test
  void losesAndRepeatsNothingWhenItIsKilledInTheMiddle(Stack stack) throws Exception {
    // given
    FunctionProcess function = function(stack, "objects.killed");
    List<String> lines = lines("killed", LINES);
    String event =
        notification("in/killed.log.gz", StackObjects.put(stack, "in/killed.log.gz", gzip(lines)));

    // when
    RunningCommand first = function.call(HANDLER, event);
    awaitRecords(stack, "objects.killed", LINES / 10);
    first.kill();
    RunningCommand second = function.call(HANDLER, event);
    awaitRecords(stack, "objects.killed", LINES / 2);
    second.kill();
    int before = TopicContent.of(stack.servers(), "objects.killed").size();
    function.call(HANDLER, event).outcome().succeeded();
    Outcome again = function.call(HANDLER, event).outcome().succeeded();

    // then
    assertThat(before).as("records before the last try").isBetween(LINES / 20, LINES - 1);
    assertThat(again.err()).contains("Known");
    assertThat(count(stack, "objects.killed")).isEqualTo(once(lines));
  }

  @Test
  void sendsEachLineOnceWhenTwoFunctionsHaveTheSameEvent(Stack stack) throws Exception {
    // given
    FunctionProcess function = function(stack, "objects.twice");
    List<String> lines = lines("twice", LINES / 4);
    String event =
        notification("in/twice.log", StackObjects.put(stack, "in/twice.log", plain(lines)));

    // when
    RunningCommand first = function.call(HANDLER, event);
    RunningCommand second = function.call(HANDLER, event);
    Outcome one = first.outcome();
    Outcome other = second.outcome();
    function.call(HANDLER, event).outcome().succeeded();

    // then
    assertThat(List.of(one.exitCode(), other.exitCode())).as("one of them at least").contains(0);
    assertThat(count(stack, "objects.twice")).isEqualTo(once(lines));
  }

  @Test
  void answersForEachMessageOfAQueue(Stack stack) throws Exception {
    // given
    FunctionProcess function = function(stack, "objects.queued");
    List<String> lines = lines("queued", 10);
    String good =
        notification("in/queued.csv", StackObjects.put(stack, "in/queued.csv", plain(lines)));
    String gone = notification("in/gone.csv", "0123456789abcdef0123456789abcdef");

    // when
    Outcome outcome =
        function.call(HANDLER, messages(Map.of("m1", good, "m2", gone))).outcome().succeeded();

    // then
    assertThat(outcome.out())
        .as("a letter that has no queue may not be lost: the message comes again")
        .contains("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
    assertThat(count(stack, "objects.queued")).isEqualTo(once(lines));
  }

  private static FunctionProcess function(Stack stack, String topic) {
    return FunctionProcess.of(
        stack.servers(),
        topic,
        Map.of(
            "ICESTREAM_OBJECT_ROUTES",
            "in/=" + topic,
            "ICESTREAM_PROGRESS_TOPIC",
            PROGRESS,
            "ICESTREAM_CHUNK_BYTES",
            String.valueOf(64 << 10)));
  }

  private static void awaitRecords(Stack stack, String topic, int count) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> TopicContent.of(stack.servers(), topic).size() >= count);
  }

  private static Map<String, Integer> count(Stack stack, String topic) {
    return TopicContent.of(stack.servers(), topic).stream()
        .collect(Collectors.toMap(r -> new String(r.value(), UTF_8), r -> 1, Integer::sum));
  }

  private static Map<String, Integer> once(List<String> lines) {
    return lines.stream().collect(Collectors.toMap(line -> line, line -> 1));
  }

  private static List<String> lines(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> name + " line " + i + " \"GET /index.html\" 200")
        .toList();
  }

  private static byte[] plain(List<String> lines) {
    return String.join("\n", lines).getBytes(UTF_8);
  }

  private static byte[] gzip(List<String> lines) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var packed = new GZIPOutputStream(out)) {
      packed.write(plain(lines));
    }
    return out.toByteArray();
  }

  private static String notification(String key, String etag) {
    return """
        {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",
         "s3":{"s3SchemaVersion":"1.0","bucket":{"name":"lake","arn":"arn:aws:s3:::lake"},
         "object":{"key":"%s","size":1,"eTag":"%s","sequencer":"0A1B2C3D4E5F678901"}}}]}
        """
        .formatted(key, etag);
  }

  private static String messages(Map<String, String> bodies) {
    return bodies.entrySet().stream()
        .map(
            each ->
                "{\"messageId\":\"%s\",\"eventSource\":\"aws:sqs\",\"body\":\"%s\"}"
                    .formatted(
                        each.getKey(), each.getValue().replace("\"", "\\\"").replace("\n", "\\n")))
        .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
  }
}
