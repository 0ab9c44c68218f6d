/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.icestream.infra.environment.AwsEnvironment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.cxapi.CloudAssembly;
import software.amazon.awscdk.cxapi.CloudFormationStackArtifact;

/**
 * Deployments as the tests look at them. Making one takes a second, and so does asking the CDK for
 * a template: each mode is made once.
 */
final class Synthesis {
  private static final Map<Map<String, Object>, Synthesis> MADE = new ConcurrentHashMap<>();

  private final Map<String, CloudFormationStackArtifact> stacks = new LinkedHashMap<>();
  private final Map<String, Template> templates = new LinkedHashMap<>();

  private final Path folder;

  private Synthesis(Map<String, Object> stage, boolean checked) {
    Map<String, Object> context = Context.of(stage);
    App app = new App(AppProps.builder().context(context).analyticsReporting(false).build());
    new Deployment(app, AwsEnvironment.of(context, Context.ROOT));
    if (checked) {
      Aspects.of(app).add(AwsSolutionsChecks.Builder.create().build());
    }
    CloudAssembly assembly = app.synth();
    folder = Path.of(assembly.getDirectory());
    for (CloudFormationStackArtifact stack : assembly.getStacks()) {
      stacks.put(stack.getStackName().replace("icestream-test-", ""), stack);
    }
  }

  /** The deployment whose stage has these keys beside those of {@link Context}. */
  static Synthesis of(Map<String, Object> stage) {
    return MADE.computeIfAbsent(stage, keys -> new Synthesis(keys, false));
  }

  /** The same, looked at by cdk-nag. */
  static Synthesis checked(Map<String, Object> stage) {
    return new Synthesis(stage, true);
  }

  /** The deployment with all defaults. */
  static Synthesis standard() {
    return of(Map.of());
  }

  /** The stacks by their names within the deployment. */
  Map<String, CloudFormationStackArtifact> stacks() {
    return stacks;
  }

  /** Where templates and assets are. */
  Path folder() {
    return folder;
  }

  Template network() {
    return template("network");
  }

  Template lake() {
    return template("lake");
  }

  Template stream() {
    return template("stream");
  }

  Template jobs() {
    return template("jobs");
  }

  Template producers() {
    return template("producers");
  }

  Template watch() {
    return template("watch");
  }

  Template controller() {
    return template("controller");
  }

  Template topics() {
    return template("topics");
  }

  List<Template> templates() {
    return stacks.keySet().stream().map(this::template).toList();
  }

  private Template template(String name) {
    return templates.computeIfAbsent(
        name, key -> Template.fromJSON(Json.object(stacks.get(key).getTemplate())));
  }
}
