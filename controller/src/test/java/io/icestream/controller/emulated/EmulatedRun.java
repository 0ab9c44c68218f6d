/* SPDX-License-Identifier: MIT */
package io.icestream.controller.emulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;

/** A job run of the emulated service. */
public final class EmulatedRun {
  private static final Set<String> ENDED = Set.of("SUCCESS", "FAILED", "CANCELLED");

  final String id;
  final JsonNode request;
  final Instant createdAt;
  String state = "SUBMITTED";
  String details = "";
  int attempt = 1;
  Integer grace;

  EmulatedRun(String id, JsonNode request, Instant createdAt) {
    this.id = id;
    this.request = request;
    this.createdAt = createdAt;
  }

  public String id() {
    return id;
  }

  public String name() {
    return request.path("name").asText();
  }

  public String state() {
    return state;
  }

  public Integer grace() {
    return grace;
  }

  public String jar() {
    return request.at("/jobDriver/sparkSubmit/entryPoint").asText();
  }

  public JsonNode request() {
    return request;
  }

  public boolean alive() {
    return !ENDED.contains(state);
  }

  String pipeline() {
    return name().replaceAll("\\..*", "");
  }

  /** As ListJobRuns tells of it. */
  ObjectNode summary() {
    ObjectNode node = common();
    return node.put("id", id);
  }

  /** As GetJobRun tells of it. */
  ObjectNode described() {
    ObjectNode node = common();
    node.put("jobRunId", id);
    node.set("jobDriver", request.get("jobDriver"));
    return node;
  }

  private ObjectNode common() {
    return new ObjectMapper()
        .createObjectNode()
        .put("applicationId", EmulatedEmr.APPLICATION)
        .put("name", name())
        .put("mode", request.path("mode").asText())
        .put(
            "arn", "arn:aws:emr-serverless:eu-central-1:111122223333:/applications/x/jobruns/" + id)
        .put("createdBy", "arn:aws:iam::111122223333:role/controller")
        .put("createdAt", createdAt.getEpochSecond())
        .put("updatedAt", createdAt.getEpochSecond())
        .put("executionRole", request.path("executionRoleArn").asText())
        .put("state", state)
        .put("stateDetails", details)
        .put("releaseLabel", "emr-7.14.0")
        .put("attempt", attempt);
  }
}
