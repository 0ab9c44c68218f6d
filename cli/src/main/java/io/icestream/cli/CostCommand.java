/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.cli.cost.CostReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Estimates the bill of a deployment. */
@Command(
    name = "cost",
    description = {
      "Estimate what pipelines cost on AWS a month, from their files, what is known of the data, and",
      "a table of prices with date and source. Asks nobody; the assumptions are printed."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Done", "78:A file has errors"})
final class CostCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", arity = "1..*", description = "Pipeline files")
  private List<Path> files;

  @Option(
      names = "--env",
      paramLabel = "FILE",
      required = true,
      description = "YAML with what is known of the data and the deployment; see docs/deploy.md")
  private Path env;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() {
    CostReport report = CostReport.of(files.stream().map(params::read).toList(), env);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> report.print(out);
      case JSON -> out.println(report.json());
    }
    out.flush();
    return ExitCodes.OK;
  }
}
