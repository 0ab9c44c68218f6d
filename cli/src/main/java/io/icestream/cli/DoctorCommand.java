/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.cli.live.Check;
import io.icestream.cli.live.Check.Outcome;
import io.icestream.cli.live.Checkup;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that pipelines need. */
@Command(
    name = "doctor",
    description = {
      "Look at everything that pipelines need, one after the other, and say what to do about what is",
      "wrong. Changes nothing."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Nothing has failed; there may be warnings", "3:Something has failed"})
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() {
    List<Check> checks = checkup().run();
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> print(checks, out);
      case JSON -> out.println(json(checks));
    }
    out.flush();
    return checks.stream().anyMatch(check -> check.outcome() == Outcome.FAIL)
        ? ExitCodes.NOT_RUNNING
        : ExitCodes.OK;
  }

  private Checkup checkup() {
    return new Checkup(
        environment
            .profile()
            .map(
                profile ->
                    new Checkup.Stack(profile.status(environment.home()), profile.startCommand())),
        environment.path());
  }

  private static void print(List<Check> checks, PrintWriter out) {
    int width = checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
    for (Check check : checks) {
      String outcome = check.outcome().name().toLowerCase(Locale.ROOT);
      out.printf(
          Locale.ROOT, "%-4s  %-" + width + "s  %s%n", outcome, check.name(), check.finding());
      if (!check.remedy().isEmpty()) {
        out.printf(Locale.ROOT, "      %-" + width + "s  -> %s%n", "", check.remedy());
      }
    }
  }

  private static String json(List<Check> checks) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    for (Check check : checks) {
      ObjectNode node = root.withArray("checks").addObject();
      node.put("name", check.name());
      node.put("outcome", check.outcome().name().toLowerCase(Locale.ROOT));
      node.put("finding", check.finding());
      node.put("remedy", check.remedy().isEmpty() ? null : check.remedy());
    }
    return root.toPrettyString();
  }
}
