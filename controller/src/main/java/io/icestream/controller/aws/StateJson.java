/* SPDX-License-Identifier: MIT */
package io.icestream.controller.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.controller.ControllerException;
import io.icestream.controller.decide.Attempt;
import io.icestream.controller.decide.Attempt.Phase;
import io.icestream.controller.decide.Attempt.Running;
import io.icestream.controller.decide.Failures;
import io.icestream.controller.decide.PipelineState;
import io.icestream.controller.decide.Release;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A state as it is stored. */
final class StateJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private StateJson() {}

  static byte[] write(PipelineState state) {
    ObjectNode root = JSON.createObjectNode().put("format", FORMAT);
    state.attempt().ifPresent(attempt -> write(root.putObject("attempt"), attempt));
    state.proven().ifPresent(release -> root.put("proven", release.request()));
    ObjectNode refused = root.putObject("refused");
    state.refused().forEach(refused::put);
    ObjectNode failures = root.putObject("failures").put("count", state.failures().count());
    state.failures().notBefore().ifPresent(at -> failures.put("notBefore", at.toString()));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers can be written", e);
    }
  }

  private static void write(ObjectNode node, Attempt attempt) {
    node.put("number", attempt.number())
        .put("phase", attempt.phase().name().toLowerCase(Locale.ROOT))
        .put("at", attempt.at().toString())
        .put("request", attempt.release().request());
    attempt.runId().ifPresent(id -> node.put("jobRunId", id));
    attempt
        .seenRunning()
        .ifPresent(
            running ->
                node.putObject("seenRunning")
                    .put("attempt", running.attempt())
                    .put("since", running.since().toString()));
  }

  /**
   * @throws ControllerException if it is not a state that this version writes
   */
  static PipelineState read(byte[] bytes) {
    try {
      JsonNode root = JSON.readTree(bytes);
      if (root.path("format").asInt() != FORMAT) {
        throw new ControllerException(
            "The stored state has format "
                + root.path("format")
                + ", expected "
                + FORMAT
                + ". It was written by another version of the controller: deploy that one, or"
                + " cancel the job and remove the object.",
            null);
      }
      SortedMap<String, String> refused = new TreeMap<>();
      root.path("refused")
          .fields()
          .forEachRemaining(entry -> refused.put(entry.getKey(), entry.getValue().asText()));
      return new PipelineState(
          optional(root, "attempt").map(StateJson::attempt),
          optional(root, "proven").map(JsonNode::asText).map(Release::of),
          refused,
          new Failures(
              root.at("/failures/count").asInt(),
              optional(root.path("failures"), "notBefore").map(StateJson::instant)));
    } catch (IOException e) {
      throw new ControllerException(
          "The stored state is not JSON. Cancel the job and remove the object.", e);
    }
  }

  private static Attempt attempt(JsonNode node) {
    return new Attempt(
        node.path("number").asLong(),
        Release.of(node.path("request").asText()),
        Phase.valueOf(node.path("phase").asText().toUpperCase(Locale.ROOT)),
        optional(node, "jobRunId").map(JsonNode::asText),
        instant(node.path("at")),
        optional(node, "seenRunning")
            .map(
                running ->
                    new Running(running.path("attempt").asInt(), instant(running.path("since")))));
  }

  private static Optional<JsonNode> optional(JsonNode node, String key) {
    return Optional.ofNullable(node.get(key));
  }

  private static Instant instant(JsonNode node) {
    return Instant.parse(node.asText());
  }
}
