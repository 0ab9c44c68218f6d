/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.replay.QuarantineView;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows a pipeline's quarantined rows. */
@Command(
    name = "show",
    description = {
      "Show rejected rows with their place in Kafka, the reason and the payload.",
      "A payload that is not UTF-8 text is shown in hexadecimal digits."
    },
    mixinStandardHelpOptions = true)
final class QuarantineShowCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private QuarantineOptions options;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Most rows, the oldest first (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--all", description = "Resolved rows too")
  private boolean all;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or csv (default: ${DEFAULT-VALUE})")
  private ResultFormat format;

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "'--limit' has to be 1 or more, found " + limit);
    }
    PrintWriter out = spec.commandLine().getOut();
    return options.with(
        spec,
        app -> {
          QuarantineView view = app.view(options.where());
          format.print(all ? view.all(limit) : view.unresolved(limit), out);
          out.flush();
          return ExitCodes.OK;
        });
  }
}
