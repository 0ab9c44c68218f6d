/* SPDX-License-Identifier: MIT */
package io.icestream.producers.topic;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.producers.ProducerException;
import io.icestream.producers.function.KafkaVariables;
import io.icestream.producers.function.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Lambda function that makes and changes the topics that a deployment declares, called by the
 * CDK's provider of custom resources. When the resource is deleted it does nothing: topics hold
 * data. Its variables are those of all functions that speak to Kafka.
 */
public final class TopicAdminHandler implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ANSWER_MILLIS = 60_000;

  private final Variables variables;

  /** Lambda's. */
  public TopicAdminHandler() {
    this(Variables.ofProcess());
  }

  TopicAdminHandler(Variables variables) {
    this.variables = variables;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    JsonNode event = JSON.readTree(input);
    List<String> done = new ArrayList<>();
    String request = event.path("RequestType").asText();
    switch (request) {
      case "Create", "Update" -> done.addAll(applied(event));
      case "Delete" -> done.add("Topics stay");
      default ->
          throw new ProducerException(
              "The event has a RequestType '" + request + "': expected Create, Update or Delete.");
    }
    done.forEach(System.out::println);
    JSON.writeValue(
        output, Map.of("PhysicalResourceId", "topics", "Data", Map.of("Changes", done.size())));
  }

  private List<String> applied(JsonNode event) {
    List<DeclaredTopic> topics =
        DeclaredTopic.list(event.at("/ResourceProperties/Topics").asText());
    try (TopicAdmin admin = TopicAdmin.connect(KafkaVariables.settings(variables, ANSWER_MILLIS))) {
      return admin.apply(topics).stream()
          .map(change -> "Topic '" + change.name() + "' " + change.text())
          .toList();
    }
  }
}
