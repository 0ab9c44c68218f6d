/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The templates of a stage, and the command line of the CDK that deploys them to an emulated AWS.
 *
 * @param localStack where to
 * @param folder holds the templates
 */
record Deployment(LocalStack localStack, Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = "000000000000";

  /** Made up: nothing of these stacks reads what is in the files. */
  private static final Path FILES = Workspace.root().resolve("infra/src/test/resources");

  /** The command line, as package.json pins it. */
  static Path cdk() {
    return Workspace.root().resolve("node_modules/.bin/cdk");
  }

  /** Makes the templates of the examples' stage {@code dev}, with a producer. */
  static Deployment synthesize(LocalStack localStack) {
    Path folder = Workspace.emptyFolder("templates");
    Path infra = Workspace.root().resolve("infra/target");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            infra.resolve("icestream-infra.jar") + ":" + infra.resolve("lib") + "/*",
            "io.icestream.infra.InfraApp");
    Map<String, String> variables = builder.environment();
    variables.put("CDK_CONTEXT_JSON", context().toString());
    variables.put("CDK_OUTDIR", folder.toString());
    variables.put("CDK_DEFAULT_ACCOUNT", ACCOUNT);
    variables.put("CDK_DEFAULT_REGION", LocalStack.REGION);
    var unused = start(builder, List.of("infra-app")).succeeded();
    return new Deployment(localStack, folder);
  }

  /** Prepares the account, as every account has to be once. */
  void bootstrap() {
    cdk("bootstrap", "aws://" + ACCOUNT + "/" + LocalStack.REGION);
  }

  /** Deploys one stack, which finds what it imports of others by their exports. */
  void deploy(String stack) {
    cdk("deploy", name(stack), "--exclusively", "--require-approval", "never");
  }

  /** The template of a stack. */
  JsonNode template(String stack) {
    try {
      return JSON.readTree(folder.resolve(name(stack) + ".template.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The properties of a stack's resources of a type. */
  List<JsonNode> resources(String stack, String type) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode resource : template(stack).path("Resources")) {
      if (resource.path("Type").asText().equals(type)) {
        found.add(resource.path("Properties"));
      }
    }
    return found;
  }

  /** What a stack takes from others, by the names of their exports. */
  Stream<String> imports(String stack) {
    return template(stack).findValues("Fn::ImportValue").stream().map(JsonNode::asText).distinct();
  }

  static String name(String stack) {
    return "icestream-dev-" + stack;
  }

  private static JsonNode context() {
    try {
      ObjectNode context =
          (ObjectNode) JSON.readTree(Workspace.root().resolve("cdk.json").toFile()).path("context");
      ObjectNode stage = (ObjectNode) context.path("stages").path("dev");
      stage.put("region", LocalStack.REGION);
      stage.put("jobJar", FILES.resolve("job.jar").toString());
      stage.put("controllerZip", FILES.resolve("function.zip").toString());
      stage.put("functionsZip", FILES.resolve("functions.zip").toString());
      stage
          .putArray("producers")
          .addObject()
          .put("name", "files")
          .put("type", "object")
          .putArray("routes")
          .add("logs/=weblogs");
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void cdk(String... arguments) {
    List<String> line = new ArrayList<>(List.of(cdk().toString()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--app", folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().putAll(localStack.variables());
    builder.environment().put("CI", "true");
    builder.environment().put("CDK_DISABLE_CLI_TELEMETRY", "true");
    builder.environment().put("CDK_DISABLE_VERSION_CHECK", "1");
    var unused = start(builder, List.of("cdk-" + arguments[0])).succeeded();
  }

  private static Outcome start(ProcessBuilder builder, List<String> name) {
    return RunningCommand.start(builder.directory(Workspace.root().toFile()), name).outcome();
  }
}
