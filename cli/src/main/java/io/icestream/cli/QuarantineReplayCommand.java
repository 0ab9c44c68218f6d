/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.replay.ReplayProgress;
import io.icestream.spark.replay.ReplayReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Replays a pipeline's quarantined rows. */
@Command(
    name = "replay",
    description = {
      "Run rejected rows through the pipeline as the file is now, once each.",
      "A replay that was interrupted is finished by the next one. Late rows are accepted."
    },
    mixinStandardHelpOptions = true)
final class QuarantineReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private QuarantineOptions options;

  @Option(names = "--dry-run", description = "Say what would become of the rows; change nothing")
  private boolean dryRun;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ReplayReport report =
        options.with(
            spec,
            app ->
                dryRun
                    ? app.preview(options.where())
                    : app.replay(options.where(), new Told(spec.commandLine().getErr())));
    print(report, out);
    out.flush();
    return ExitCodes.OK;
  }

  private void print(ReplayReport report, PrintWriter out) {
    out.println(
        rows(report.rows())
            + (dryRun ? " would be replayed: " : " replayed: ")
            + report.written()
            + " written, "
            + report.filtered()
            + " filtered, "
            + report.failedRows()
            + (dryRun ? " failing again" : " failed again"));
    report.failed().forEach((reason, count) -> out.println("  " + count + " " + reason));
    if (report.present() > 0) {
      out.println(rows(report.present()) + " not added to a table that had them already");
    }
  }

  private static String rows(long count) {
    return count + (count == 1 ? " row" : " rows");
  }

  /** One line per commit, as a running pipeline prints them. */
  private record Told(PrintWriter err) implements ReplayProgress {
    @Override
    public void settledInterrupted(List<String> done) {
      line(
          "Closed an interrupted replay, whose rows "
              + (done.isEmpty() ? "no table has" : "are in " + String.join(", ", done)));
    }

    @Override
    public void claimed(long rows) {
      line("Claimed " + rows(rows));
    }

    @Override
    public void committed(String sink) {
      line("Committed to " + sink);
    }

    @Override
    public void settled() {
      line("Settled");
    }

    private void line(String text) {
      err.println(text);
      err.flush();
    }
  }
}
