/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.PipelineDefinition;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.inspect.PipelinePlan;
import io.icestream.spark.inspect.ReadyPipeline;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what would happen if a pipeline were started now. */
@Command(
    name = "plan",
    description = {
      "Show what would happen if the pipeline were started now: tables created or altered, where it",
      "would start to read, and what each change takes: none, hot, restart, new checkpoint, rebuild."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No changes",
      "2:There are changes",
      "69:Kafka, the topic or a lookup table is not there",
      "78:The file has errors"
    })
final class PlanCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file")
  private Path pipeline;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "How many of the next records to look at, if the source evolves (default:"
              + " ${DEFAULT-VALUE})")
  private int sample;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() {
    if (sample < 0 || sample > 1_000_000) {
      throw new ParameterException(
          spec.commandLine(), "--sample has to be from 0 to 1000000, found " + sample);
    }
    PipelineDefinition definition = params.read(pipeline);
    Environment place = environment.read();
    PrintWriter out = spec.commandLine().getOut();
    try (ReadyPipeline ready = ReadyPipeline.of(definition, place)) {
      PipelinePlan plan = PipelinePlan.of(ready, place.kafka(), sample);
      switch (format) {
        case TEXT -> PlanText.print(plan, out);
        case JSON -> out.println(PlanJson.of(plan));
      }
      out.flush();
      return plan.hasChanges() ? ExitCodes.CHANGES : ExitCodes.OK;
    }
  }
}
