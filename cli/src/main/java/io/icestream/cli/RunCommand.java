/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.Main;
import io.icestream.spark.plan.Pace;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a pipeline in this process, with the main class that also runs on EMR Serverless. */
@Command(
    name = "run",
    description = "Run a pipeline until it is stopped (Ctrl-C ends it after the batch at hand).",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file")
  private Path pipeline;

  @Option(
      names = "--until-drained",
      description = "End when everything is committed that was in Kafka at the start")
  private boolean untilDrained;

  @Option(
      names = "--trigger",
      paramLabel = "DURATION",
      defaultValue = "1s",
      description = "Shortest time between two batches (default: ${DEFAULT-VALUE})")
  private String trigger;

  @Option(
      names = "--max-offsets",
      paramLabel = "N",
      defaultValue = "" + Pace.DEFAULT_MAX_OFFSETS,
      description = "Most records of one batch (default: ${DEFAULT-VALUE})")
  private long maxOffsets;

  @Option(
      names = "--retry-for",
      paramLabel = "DURATION",
      defaultValue = "10m",
      description =
          "How long to try again while a server is away or an access fails"
              + " (default: ${DEFAULT-VALUE})")
  private String retryFor;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--pipeline", pipeline.toString()));
    arguments.addAll(List.of("--environment", environment.path().toString()));
    arguments.addAll(List.of("--trigger", trigger));
    arguments.addAll(List.of("--max-offsets", Long.toString(maxOffsets)));
    arguments.addAll(List.of("--retry-for", retryFor));
    arguments.addAll(params.arguments());
    if (untilDrained) {
      arguments.add("--until-drained");
    }
    err.println("Running " + pipeline + (untilDrained ? " until drained" : "; Ctrl-C stops it"));
    err.flush();
    try {
      Main.run(arguments.toArray(String[]::new));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    err.println(untilDrained ? "Drained." : "Stopped.");
    return ExitCodes.OK;
  }
}
