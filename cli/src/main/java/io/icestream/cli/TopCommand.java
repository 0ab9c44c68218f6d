/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.cli.live.LiveTables;
import io.icestream.cli.live.TableRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows all pipelines as they run. */
@Command(
    name = "top",
    description = {
      "Show each pipeline and table as it is now: rows in and out per second, records that wait, the",
      "age of the oldest, quarantine, files. Told from tables and topics, so dead pipelines show too.",
      "On a terminal until Ctrl-C; elsewhere once, as plain lines."
    },
    mixinStandardHelpOptions = true)
final class TopCommand implements Callable<Integer> {
  /** Home, and everything below it cleared, so that nothing flickers. */
  private static final String HOME = "\u001b[H";

  private static final String CLEAR = "\u001b[2J";
  private static final String CLEAR_BELOW = "\u001b[J";

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How often to look (default: 1, on a terminal until Ctrl-C)")
  private Integer count;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "Seconds between two looks, which rates are over (default: ${DEFAULT-VALUE})")
  private int every;

  @Override
  public Integer call() throws InterruptedException {
    if (every < 1 || (count != null && count < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--every and --count have to be 1 or more, found " + every);
    }
    boolean terminal = Terminal.isOutput();
    long looks = count != null ? count : terminal ? Long.MAX_VALUE : 1;
    PrintWriter out = spec.commandLine().getOut();
    try (LiveTables tables = new LiveTables(environment.read())) {
      tables.look();
      if (terminal) {
        out.print(CLEAR);
      }
      for (long look = 0; look < looks; look++) {
        Thread.sleep(every * 1000L);
        List<TableRow> rows = tables.look();
        out.print(terminal ? HOME + CLEAR_BELOW : "");
        TopText.print(rows, out);
        out.flush();
      }
    }
    return ExitCodes.OK;
  }
}
