/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Counts a pipeline's quarantined rows. */
@Command(
    name = "list",
    description = "Count the rejected rows of a pipeline by stage, reason and state.",
    mixinStandardHelpOptions = true)
final class QuarantineListCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private QuarantineOptions options;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or csv (default: ${DEFAULT-VALUE})")
  private ResultFormat format;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return options.with(
        spec,
        app -> {
          format.print(app.view(options.where()).counts(), out);
          out.flush();
          return ExitCodes.OK;
        });
  }
}
