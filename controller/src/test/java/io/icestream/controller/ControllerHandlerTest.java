/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.controller.decide.Action.Rest;
import io.icestream.controller.decide.Action.Status;
import io.icestream.controller.emulated.World;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ControllerHandlerTest {
  private final World world = new World();
  private final StatusMetrics metrics = new StatusMetrics("test", world.clock());
  private final ControllerHandler handler = new ControllerHandler(world.controller(), metrics);

  @Test
  void looksForItselfWhateverAnEventSays() {
    // given
    world.deploy("s3://assets/v1.jar");
    Map<String, Object> event =
        Map.of("source", "aws.emr-serverless", "detail", Map.of("state", "SUCCESS"));

    // when
    Map<String, Object> answer = handler.handleRequest(event, null);

    // then
    assertThat(world.emr().runs()).hasSize(1);
    assertThat(answer.get(World.PIPELINE))
        .isEqualTo(Map.of("status", "CHANGING", "reason", "Job run run1 is SUBMITTED"));
  }

  @Test
  void holdsAndReleasesAll() {
    // given
    world.deploy("s3://assets/v1.jar");
    world.minutes(12);

    // when
    handler.handleRequest(Map.of("action", "hold"), null);
    world.minutes(2);
    Map<String, Object> held = handler.handleRequest(Map.of(), null);

    // then
    assertThat(held.toString()).contains("The application is stopped and can be changed");
    assertThat(handler.handleRequest(Map.of("action", "release"), null).toString())
        .contains("is SUBMITTED");
  }

  @Test
  void refusesAnActionThatItDoesNotKnow() {
    assertThatThrownBy(() -> handler.handleRequest(Map.of("action", "pause"), null))
        .isInstanceOf(ControllerException.class)
        .hasMessage("The action is 'pause': give hold, release, retry or none.");
    assertThatThrownBy(() -> handler.handleRequest(Map.of("action", "retry"), null))
        .hasMessage("The action 'retry' has no 'pipeline': name the pipeline.");
  }

  @Test
  void writesALineOfWhichCloudWatchMakesMetrics() throws Exception {
    // given
    Map<String, Rest> rests =
        Map.of(
            "a", new Rest(Status.HALTED, "lost records"),
            "b", new Rest(Status.RUNNING, "fine"));

    // when
    JsonNode line = new ObjectMapper().readTree(metrics.line(new TreeMap<>(rests)));

    // then
    assertThat(line.path("stage").asText()).isEqualTo("test");
    assertThat(line.path("HaltedPipelines").asInt()).isEqualTo(1);
    assertThat(line.path("BehindPipelines").asInt()).isZero();
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Namespace").asText()).isEqualTo("Icestream");
    assertThat(line.at("/_aws/CloudWatchMetrics/0/Dimensions/0/0").asText()).isEqualTo("stage");
    assertThat(line.at("/pipelines/a").asText()).isEqualTo("HALTED: lost records");
  }
}
