/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.inspect.PipelineGraph;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where the rows of a pipeline go. */
@Command(
    name = "explain",
    description = "Show the way of rows through a pipeline, from its topic to its tables.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Done", "78:The file has errors"})
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file")
  private Path pipeline;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or mermaid (default: ${DEFAULT-VALUE})")
  private GraphFormat format;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    format.print(PipelineGraph.of(params.read(pipeline)), out);
    out.flush();
    return ExitCodes.OK;
  }
}
