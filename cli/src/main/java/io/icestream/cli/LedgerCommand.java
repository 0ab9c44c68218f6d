/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.PipelineDefinition;
import io.icestream.spark.LedgerApp;
import io.icestream.spark.audit.Bound;
import io.icestream.spark.audit.SinkAudit;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells from a pipeline's tables what became of each row, and whether any batch is missing. */
@Command(
    name = "ledger",
    description = {
      "Show the account of each batch in each table of a pipeline, as the tables' snapshots tell it,",
      "and check that every batch begins where the one before it ended and that all accounts balance."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything is accounted for",
      "69:A table is not there",
      "76:A batch is missing, is there twice or does not balance, or a table was rolled back",
      "78:The file has errors"
    })
final class LedgerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file")
  private Path pipeline;

  @Option(
      names = "--from",
      paramLabel = "BATCH|TIME",
      description = "The first batch, day or time (UTC) to show (default: the oldest)")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "BATCH|TIME",
      description = "The last batch, day or time (UTC) to show (default: the newest)")
  private String to;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() {
    Optional<Bound> first = bound("--from", from);
    Optional<Bound> last = bound("--to", to);
    PipelineDefinition definition = params.read(pipeline);
    Environment place = environment.read();
    PrintWriter out = spec.commandLine().getOut();
    SparkSession spark = SparkSessions.open(place, "icestream ledger");
    try {
      List<SinkAudit> audits = new LedgerApp(spark, definition).audit(first, last);
      switch (format) {
        case TEXT -> LedgerText.print(audits, out);
        case JSON -> out.println(LedgerJson.of(definition.name(), audits));
      }
      out.flush();
      return audits.stream().allMatch(SinkAudit::isSound) ? ExitCodes.OK : ExitCodes.BROKEN_LEDGER;
    } finally {
      spark.stop();
    }
  }

  private Optional<Bound> bound(String option, String text) {
    try {
      return Optional.ofNullable(text).map(Bound::parse);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }
}
