/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import io.icestream.infra.access.UnfitPipelineException;
import io.icestream.infra.environment.AwsEnvironment;
import io.icestream.infra.environment.ContextException;
import io.icestream.model.PipelineFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.App;

/**
 * What the command line of the CDK calls (see cdk.json), in the folder of cdk.json. Writes the
 * templates; AWS is not asked for anything.
 */
public final class InfraApp {
  /** The exit code for a pipeline file or a context that is wrong, as of the other commands. */
  private static final int CONFIGURATION = 78;

  private InfraApp() {}

  /** Takes no arguments: everything is in the context. */
  public static void main(String[] args) {
    System.exit(exitCode());
  }

  /** With what {@code -c} gives, of which the command line of the CDK refuses nothing. */
  private static Map<String, Object> context(App app) {
    Map<String, Object> context = new TreeMap<>();
    ((Map<?, ?>) app.getNode().getAllContext())
        .forEach((key, value) -> context.put(key.toString(), value));
    return context;
  }

  private static int exitCode() {
    try {
      App app = new App();
      AwsEnvironment settings = AwsEnvironment.of(context(app), Path.of(""));
      new Deployment(app, settings);
      app.synth();
      return 0;
    } catch (ContextException | PipelineFileException | UnfitPipelineException e) {
      System.err.println("error: " + e.getMessage());
      return CONFIGURATION;
    }
  }
}
