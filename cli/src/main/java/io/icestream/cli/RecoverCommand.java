/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.PipelineDefinition;
import io.icestream.spark.RecoveryApp;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.recovery.Move;
import io.icestream.spark.recovery.RecoveryPlan;
import io.icestream.spark.recovery.RecoveryProgress;
import io.icestream.spark.recovery.Slice;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a pipeline fit to start again. */
@Command(
    name = "recover",
    description = {
      "Bring the tables of a pipeline to one place, whose checkpoint is lost or damaged, or whose",
      "topic has lost records. Starts nothing: 'run' goes on from there. May be killed and repeated."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Recovered, or there is nothing to do",
      "66:Kafka has lost records that have to be read next, and --accept-gap was not given",
      "69:Kafka, the topic or a table is not there",
      "76:The tables do not fit together, or the pipeline is running",
      "78:The pipeline file is wrong"
    })
final class RecoverCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file")
  private Path pipeline;

  @Option(names = "--dry-run", description = "Say what would be done; change nothing")
  private boolean dryRun;

  @Option(
      names = "--accept-gap",
      description = {
        "Give up records that Kafka has lost: their range goes to the gap table, and the sinks go on",
        "behind it"
      })
  private boolean acceptGap;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() {
    PipelineDefinition definition = params.read(pipeline);
    Environment place = environment.read();
    SparkSession spark = SparkSessions.open(place, "icestream recover");
    try {
      recover(new RecoveryApp(spark, definition, place));
    } finally {
      spark.stop();
    }
    return ExitCodes.OK;
  }

  private void recover(RecoveryApp app) {
    Instant now = Instant.now();
    RecoveryPlan plan = app.decide();
    print(new RecoverReport(plan, app.checkpoint(), app.asideAt(now), app.gapTable()));
    if (dryRun) {
      Optional<PipelineFailure> refusal = app.refusal(plan, acceptGap);
      if (refusal.isPresent()) {
        throw refusal.get();
      }
    } else {
      app.recover(plan, acceptGap, now, new Told(spec.commandLine().getErr()));
      if (!plan.isNothingToDo()) {
        spec.commandLine().getErr().println("Recovered.");
      }
    }
  }

  private void print(RecoverReport report) {
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> report.printText(out);
      case JSON -> out.println(report.json());
    }
    out.flush();
  }

  /** One line for each thing that is done. */
  private record Told(PrintWriter err) implements RecoveryProgress {
    @Override
    public void recorded(int gaps) {
      line(
          gaps == 0
              ? "The gap is in the gap table already"
              : "Recorded the gap in " + gaps + (gaps == 1 ? " row" : " rows"));
    }

    @Override
    public void moved(Move move) {
      line("Moved " + move.table() + " over the gap, to " + move.to().describe());
    }

    @Override
    public void setAside(String path) {
      line("Set the checkpoint aside as " + path);
    }

    @Override
    public void brought(Slice slice) {
      line("Brought " + String.join(", ", slice.due()) + " to " + slice.range().to().describe());
    }

    private void line(String text) {
      err.println(text);
      err.flush();
    }
  }
}
