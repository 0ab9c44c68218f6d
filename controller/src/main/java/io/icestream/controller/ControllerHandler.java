/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.icestream.controller.aws.EmrJobRuns;
import io.icestream.controller.aws.S3States;
import io.icestream.controller.aws.SsmDeclarations;
import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Decision;
import io.icestream.controller.decide.Limits;
import java.time.Clock;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The Lambda function. The clock, events of EMR Serverless and of parameters, and persons call it.
 * Whatever an event says, the function looks for itself; only the key {@code action} of a person
 * changes what it does: {@code hold}, {@code release}, or {@code retry} with {@code pipeline}.
 *
 * <p>Environment variables: {@code ICESTREAM_STAGE}, {@code ICESTREAM_APPLICATION_ID}, {@code
 * ICESTREAM_STATE_BUCKET}.
 */
public final class ControllerHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {
  private final Controller controller;
  private final StatusMetrics metrics;

  /** As Lambda makes it. */
  public ControllerHandler() {
    this(System.getenv());
  }

  private ControllerHandler(Map<String, String> variables) {
    this(
        standard(variables),
        new StatusMetrics(required(variables, "ICESTREAM_STAGE"), Clock.systemUTC()));
  }

  ControllerHandler(Controller controller, StatusMetrics metrics) {
    this.controller = controller;
    this.metrics = metrics;
  }

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> event, Context context) {
    act(event == null ? Map.of() : event);
    SortedMap<String, Rest> rests = controller.reconcile();
    // What the function prints is its log, of which CloudWatch makes the metrics
    System.out.println(metrics.line(rests));
    Map<String, Object> answer = new TreeMap<>();
    rests.forEach(
        (pipeline, rest) ->
            answer.put(pipeline, Map.of("status", rest.status().name(), "reason", rest.reason())));
    return answer;
  }

  private void act(Map<String, Object> event) {
    Object action = event.get("action");
    if (action == null) {
      return;
    }
    switch (action.toString()) {
      case "hold" -> controller.hold(true);
      case "release" -> controller.hold(false);
      case "retry" -> {
        Object pipeline = event.get("pipeline");
        if (pipeline == null) {
          throw new ControllerException(
              "The action 'retry' has no 'pipeline': name the pipeline.", null);
        }
        controller.forgive(pipeline.toString());
      }
      default ->
          throw new ControllerException(
              "The action is '" + action + "': give hold, release, retry or none.", null);
    }
  }

  private static Controller standard(Map<String, String> variables) {
    String applicationId = required(variables, "ICESTREAM_APPLICATION_ID");
    S3Client s3 = S3Client.create();
    return new Controller(
        new SsmDeclarations(
            SsmClient.create(), s3, required(variables, "ICESTREAM_STAGE"), applicationId),
        new EmrJobRuns(EmrServerlessClient.create(), applicationId),
        new S3States(s3, required(variables, "ICESTREAM_STATE_BUCKET")),
        new Decision(Limits.STANDARD),
        Clock.systemUTC());
  }

  private static String required(Map<String, String> variables, String name) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      throw new ControllerException("Environment variable " + name + " is not set: set it.", null);
    }
    return value;
  }
}
