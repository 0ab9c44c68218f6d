/* SPDX-License-Identifier: MIT */
package io.icestream.controller.emulated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * EMR Serverless as far as the controller uses it, behind the SDK's own requests and answers and as
 * its API is described: client tokens, pages, the states of a run, and what is refused. moto has
 * these calls, too, but each run succeeds at once, and tokens do not count. Runs move when the test
 * says so. It keeps account of how many runs of a pipeline were alive at the same time.
 */
public final class EmulatedEmr {
  public static final String APPLICATION = "00abcdefgh123456";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RUNS = "/applications/" + APPLICATION + "/jobruns";

  /** Small, so that pages are needed. */
  private static final int PAGE = 2;

  private final Clock clock;
  private final Map<String, EmulatedRun> runs = new LinkedHashMap<>();
  private final Map<String, EmulatedRun> tokens = new HashMap<>();
  private final Map<String, Integer> exitCodes = new HashMap<>();
  private final Set<String> waiting = new TreeSet<>();
  private final List<String> crowds = new ArrayList<>();
  private boolean rememberingTokens = true;
  private String application = "CREATED";

  public EmulatedEmr(Clock clock) {
    this.clock = clock;
  }

  /** A client of this service. */
  public EmrServerlessClient client() {
    return EmrServerlessClient.builder()
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .httpClient(new Wire())
        .build();
  }

  /** Each time that a pipeline had two runs alive. */
  public synchronized List<String> crowds() {
    return List.copyOf(crowds);
  }

  public synchronized List<EmulatedRun> runs() {
    return List.copyOf(runs.values());
  }

  public synchronized EmulatedRun last() {
    return runs().get(runs.size() - 1);
  }

  public synchronized String application() {
    return application;
  }

  /** Runs of this jar end so soon after they have started, and all of EMR's attempts with them. */
  public synchronized void fails(String jar, int exitCode) {
    exitCodes.put(jar, exitCode);
  }

  /** They do so no longer. */
  public synchronized void works(String jar) {
    exitCodes.remove(jar);
  }

  /** There is no place for runs of this jar. */
  public synchronized void waits(String jar) {
    waiting.add(jar);
  }

  /** The service does not know tokens from before any more. */
  public synchronized void forgetTokens() {
    rememberingTokens = false;
  }

  /** A run ends without having been asked to. */
  public synchronized void ends(String id, String state, int exitCode) {
    EmulatedRun run = runs.get(id);
    run.state = state;
    run.details = state.equals("FAILED") ? failure(exitCode) : "";
  }

  /** EMR itself starts the driver again. */
  public synchronized void retries(String id) {
    runs.get(id).attempt++;
  }

  /** Somebody starts a run by hand. */
  public synchronized String startedByHand(String pipeline) {
    ObjectNode request = JSON.createObjectNode().put("name", pipeline).put("mode", "STREAMING");
    EmulatedRun run = new EmulatedRun("hand" + runs.size(), request, clock.instant());
    run.state = "RUNNING";
    runs.put(run.id, run);
    return run.id;
  }

  /** Each run takes a step. */
  public synchronized void advance() {
    for (EmulatedRun run : runs.values()) {
      Integer exitCode = exitCodes.get(run.jar());
      switch (run.state) {
        case "SUBMITTED" -> run.state = "PENDING";
        case "PENDING" -> run.state = waiting.contains(run.jar()) ? "PENDING" : "SCHEDULED";
        case "SCHEDULED" -> run.state = "RUNNING";
        case "RUNNING" -> {
          if (exitCode != null) {
            run.state = "FAILED";
            run.details = failure(exitCode);
          }
        }
        case "CANCELLING" -> run.state = "CANCELLED";
        default -> {}
      }
    }
  }

  private static String failure(int exitCode) {
    return "Job failed, please check complete logs in configured logging destination. ExitCode: "
        + exitCode
        + ". Last few exceptions: io.icestream.Failure...";
  }

  private HttpExecuteResponse answer(HttpExecuteRequest call) throws IOException {
    SdkHttpRequest request = call.httpRequest();
    String body = "";
    if (call.contentStreamProvider().isPresent()) {
      try (InputStream content = call.contentStreamProvider().get().newStream()) {
        body = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    Reply reply;
    synchronized (this) {
      reply =
          reply(request.method().name(), request.encodedPath(), request.rawQueryParameters(), body);
    }
    SdkHttpFullResponse.Builder response =
        SdkHttpFullResponse.builder()
            .statusCode(reply.status())
            .putHeader("content-type", "application/json");
    if (reply.error() != null) {
      response.putHeader("x-amzn-errortype", reply.error());
    }
    return HttpExecuteResponse.builder()
        .response(response.build())
        .responseBody(
            AbortableInputStream.create(
                new ByteArrayInputStream(JSON.writeValueAsBytes(reply.body()))))
        .build();
  }

  private Reply reply(String method, String path, Map<String, List<String>> query, String body)
      throws IOException {
    String operation = method + " " + path;
    if (operation.equals("POST " + RUNS)) {
      return start(JSON.readTree(body));
    } else if (operation.equals("GET " + RUNS)) {
      return list(query);
    } else if (operation.equals("GET /applications/" + APPLICATION)) {
      ObjectNode answer = JSON.createObjectNode();
      answer.putObject("application").put("applicationId", APPLICATION).put("state", application);
      return new Reply(200, null, answer);
    } else if (operation.equals("POST /applications/" + APPLICATION + "/stop")) {
      return stop();
    } else if (path.startsWith(RUNS + "/")) {
      EmulatedRun run = runs.get(path.substring(RUNS.length() + 1));
      if (run == null) {
        return Reply.failed(404, "ResourceNotFoundException", "There is no such job run");
      }
      return method.equals("DELETE") ? cancel(run, query) : described(run);
    }
    return Reply.failed(404, "ResourceNotFoundException", operation);
  }

  private Reply start(JsonNode request) {
    String token = request.path("clientToken").asText();
    for (String key : List.of("clientToken", "executionRoleArn", "jobDriver")) {
      if (request.path(key).isMissingNode()) {
        return Reply.failed(400, "ValidationException", key + " is missing");
      }
    }
    if (!token.matches("[A-Za-z0-9._-]{1,64}")) {
      return Reply.failed(400, "ValidationException", "clientToken");
    }
    EmulatedRun known = rememberingTokens ? tokens.get(token) : null;
    if (known != null && !known.request.equals(request)) {
      return Reply.failed(409, "ConflictException", "The token was used for another request");
    }
    if (known == null) {
      known = new EmulatedRun("run" + (runs.size() + 1), request, clock.instant());
      String pipeline = known.pipeline();
      runs.values().stream()
          .filter(run -> run.alive() && run.pipeline().equals(pipeline))
          .forEach(
              run -> crowds.add(run.name() + " was " + run.state + " at the start of " + token));
      runs.put(known.id, known);
      tokens.put(token, known);
      application = "STARTED";
    }
    return new Reply(
        200,
        null,
        JSON.createObjectNode()
            .put("applicationId", APPLICATION)
            .put("jobRunId", known.id)
            .put("arn", "arn:aws:emr-serverless:eu-central-1:111122223333:/applications/x"));
  }

  private Reply list(Map<String, List<String>> query) {
    List<String> states = query.getOrDefault("states", List.of());
    int from = Integer.parseInt(query.getOrDefault("nextToken", List.of("0")).get(0));
    List<EmulatedRun> found =
        runs.values().stream()
            .filter(run -> states.isEmpty() || states.contains(run.state))
            .toList();
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode page = answer.putArray("jobRuns");
    found.stream().skip(from).limit(PAGE).forEach(run -> page.add(run.summary()));
    if (from + PAGE < found.size()) {
      answer.put("nextToken", Integer.toString(from + PAGE));
    }
    return new Reply(200, null, answer);
  }

  private static Reply described(EmulatedRun run) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("jobRun", run.described());
    return new Reply(200, null, answer);
  }

  private static Reply cancel(EmulatedRun run, Map<String, List<String>> query) {
    int grace =
        Integer.parseInt(query.getOrDefault("shutdownGracePeriodInSeconds", List.of("120")).get(0));
    if (grace != 0 && (grace < 15 || grace > 1800)) {
      return Reply.failed(400, "ValidationException", "shutdownGracePeriodInSeconds");
    }
    if (run.alive() && !run.state.equals("CANCELLING")) {
      run.state = run.state.equals("RUNNING") ? "CANCELLING" : "CANCELLED";
      run.grace = grace;
    }
    return new Reply(
        200,
        null,
        JSON.createObjectNode().put("applicationId", APPLICATION).put("jobRunId", run.id));
  }

  private Reply stop() {
    if (runs.values().stream().anyMatch(EmulatedRun::alive)) {
      return Reply.failed(400, "ValidationException", "There are job runs");
    }
    application = "STOPPED";
    return new Reply(200, null, JSON.createObjectNode());
  }

  /** Takes requests of the SDK as they would go out, and no socket. */
  private final class Wire implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() throws IOException {
          return answer(request);
        }

        @Override
        public void abort() {
          throw new UnsupportedOperationException("Calls are answered at once");
        }
      };
    }

    @Override
    public void close() {}
  }

  private record Reply(int status, String error, JsonNode body) {
    static Reply failed(int status, String error, String message) {
      return new Reply(status, error, JSON.createObjectNode().put("message", message));
    }
  }
}
