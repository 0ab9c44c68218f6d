/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.cli.live.LiveTables;
import io.icestream.cli.live.RunningProcess;
import io.icestream.localstack.StackStatus;
import io.icestream.spark.FreshnessApp;
import io.icestream.spark.environment.Environment;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what of a stack runs. */
@Command(
    name = "status",
    description = "Show which servers run, where, and since when.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:All servers run", "3:A server is stopped or dead"})
final class StatusCommand implements Callable<Integer> {

  /** How the answer is written. */
  enum Format {
    TEXT,
    JSON
  }

  @Spec private CommandSpec spec;

  @Mixin private HomeOption home;

  @Mixin private ProfileOption profile;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private Format format;

  @Override
  public Integer call() {
    StackStatus servers = profile.get().status(home.path());
    StackStatus stack =
        BackgroundProbe.of(profile.get(), home.path())
            .map(probe -> probe.beside(servers))
            .orElse(servers);
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> new StatusText(out).print(stack);
      case JSON -> out.println(StatusJson.of(stack, processes()));
    }
    return stack.allRunning() ? ExitCodes.OK : ExitCodes.NOT_RUNNING;
  }

  /** What the pipelines tell that run on this stack; none before it was first started. */
  private List<RunningProcess> processes() {
    Path file = profile.get().environmentFile(home.path());
    if (!Files.exists(file)) {
      return List.of();
    }
    return LiveTables.processes(Environment.read(file)).stream()
        .filter(process -> !process.name().equals(FreshnessApp.NAME))
        .toList();
  }
}
