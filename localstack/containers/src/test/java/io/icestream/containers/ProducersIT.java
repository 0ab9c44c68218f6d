/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.icestream.cli.process.FunctionProcess;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.TopicContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The functions from their zip file, with LocalStack's S3 and queues, and a broker, behind them.
 */
@ExtendWith(Sites.class)
class ProducersIT {
  private static final String LANDING = "landing";

  @BeforeAll
  static void createTopics(Site site) throws ExecutionException, InterruptedException {
    Map<String, Object> settings = Map.of("bootstrap.servers", site.servers().bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      admin
          .createTopics(
              List.of(
                  topic("landed", Map.of()),
                  topic("landed.progress", Map.of("cleanup.policy", "compact")),
                  topic("polled", Map.of())))
          .all()
          .get();
    }
  }

  @Test
  void sendsTheLinesOfAnObjectThatS3TellsItsQueueOf(Site site) {
    try (S3Client s3 = site.localStack().s3();
        SqsClient sqs = site.localStack().sqs()) {
      // given
      String arrivals = queue(sqs, "arrivals");
      String letters = queue(sqs, "dead-letters");
      notifyOfObjects(s3, sqs, arrivals);
      var unused =
          s3.putObject(
              request -> request.bucket(LANDING).key("in/lines.csv"),
              RequestBody.fromString("one\n" + "x".repeat(101) + "\nthree\n"));
      FunctionProcess function =
          function(
              site,
              "function-object",
              Map.of(
                  "ICESTREAM_OBJECT_ROUTES", "in/=landed",
                  "ICESTREAM_PROGRESS_TOPIC", "landed.progress",
                  "ICESTREAM_MAX_RECORD_BYTES", "100",
                  "ICESTREAM_DEAD_LETTER_QUEUE_URL", letters));
      String event = eventOf(receive(sqs, arrivals, "ObjectCreated"));

      // when
      String handler = "io.icestream.producers.object.ObjectIngestHandler";
      Outcome first = function.call(handler, event).outcome().succeeded();
      Outcome again = function.call(handler, event).outcome().succeeded();

      // then
      assertThat(first.out()).contains("\"batchItemFailures\":[]");
      assertThat(again.out()).contains("\"batchItemFailures\":[]");
      assertThat(TopicContent.of(site.servers(), "landed"))
          .extracting(record -> new String(record.value(), UTF_8))
          .containsExactly("one", "three");
      assertThat(receive(sqs, letters, "landed").body())
          .contains("\"topic\":\"landed\"")
          .contains("s3://" + LANDING + "/in/lines.csv");
    }
  }

  @Test
  void keepsThePlaceInAnApiInS3(Site site) throws IOException {
    // given
    HttpServer api =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    api.createContext(
        "/",
        exchange -> {
          boolean first = exchange.getRequestURI().getRawQuery() == null;
          byte[] page =
              (first ? "{\"data\":[{\"n\":1},{\"n\":2}],\"next\":\"p2\"}" : "{\"data\":[]}")
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    api.start();
    String file =
        """
        name: polled
        topic: polled
        url: http://127.0.0.1:%d/readings
        records: /data
        cursor: { from: /next, parameter: after }
        """
            .formatted(api.getAddress().getPort());
    try (S3Client s3 = site.localStack().s3()) {
      var unused =
          s3.putObject(
              request -> request.bucket(LocalStack.BUCKET).key("apis/polled.yaml"),
              RequestBody.fromString(file));
      FunctionProcess function =
          function(
              site,
              "function-api",
              Map.of(
                  "ICESTREAM_API_FILE", "s3://lake/apis/polled.yaml",
                  "ICESTREAM_API_STATES", "s3://lake/apis/states"));

      // when
      String handler = "io.icestream.producers.api.ApiPollHandler";
      Outcome first = function.call(handler, "{}").outcome().succeeded();
      Outcome second = function.call(handler, "{}").outcome().succeeded();
      api.stop(0);

      // then
      assertThat(first.out()).contains("\"records\":2");
      assertThat(second.out()).contains("\"records\":0");
      assertThat(
              s3.getObjectAsBytes(
                      request -> request.bucket(LocalStack.BUCKET).key("apis/states/polled.json"))
                  .asUtf8String())
          .contains("\"cursor\":\"p2\"");
      assertThat(TopicContent.of(site.servers(), "polled"))
          .extracting(record -> new String(record.value(), UTF_8))
          .containsExactly("{\"n\":1}", "{\"n\":2}");
    }
  }

  private static NewTopic topic(String name, Map<String, String> settings) {
    return new NewTopic(name, Optional.of(1), Optional.empty()).configs(settings);
  }

  private static FunctionProcess function(Site site, String name, Map<String, String> variables) {
    Map<String, String> all = new TreeMap<>(site.localStack().variables());
    all.putAll(variables);
    return FunctionProcess.of(site.servers(), name, all);
  }

  private static String queue(SqsClient sqs, String name) {
    return sqs.createQueue(request -> request.queueName(name)).queueUrl();
  }

  private static void notifyOfObjects(S3Client s3, SqsClient sqs, String queue) {
    String arn =
        sqs.getQueueAttributes(
                request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    var unused = s3.createBucket(request -> request.bucket(LANDING));
    var unusedToo =
        s3.putBucketNotificationConfiguration(
            request ->
                request
                    .bucket(LANDING)
                    .notificationConfiguration(
                        configuration ->
                            configuration.queueConfigurations(
                                QueueConfiguration.builder()
                                    .queueArn(arn)
                                    .events(Event.S3_OBJECT_CREATED)
                                    .build())));
  }

  /** The first message with such a text; the test event of a new notification is none. */
  private static Message receive(SqsClient sqs, String queue, String text) {
    for (int attempt = 0; attempt < 10; attempt++) {
      for (Message message :
          sqs.receiveMessage(request -> request.queueUrl(queue).waitTimeSeconds(5)).messages()) {
        if (message.body().contains(text)) {
          return message;
        }
      }
    }
    throw new AssertionError("No message with " + text + " in " + queue);
  }

  /** How Lambda hands a message of a queue to a function. */
  private static String eventOf(Message message) {
    return "{\"Records\":[{\"messageId\":\"%s\",\"eventSource\":\"aws:sqs\",\"body\":\"%s\"}]}"
        .formatted(message.messageId(), message.body().replace("\\", "\\\\").replace("\"", "\\\""));
  }
}
