/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.spark.inspect.CheckedPipeline;
import io.icestream.spark.inspect.Finding;
import io.icestream.spark.inspect.TextCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks pipeline files without anything that they run on. */
@Command(
    name = "validate",
    description = {
      "Check pipeline files: their structure, and their SQL with Spark's analyser.",
      "Needs no Kafka and no tables; all errors of all files are reported in one run."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:No errors", "78:A file has errors"})
final class ValidateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", arity = "1..*", description = "Pipeline files")
  private List<Path> files;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() {
    List<FileFindings> all = new ArrayList<>();
    try (OfflineSpark spark = new OfflineSpark("icestream validate")) {
      files.forEach(file -> all.add(new FileFindings(file, check(file, spark))));
    }
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> all.forEach(findings -> findings.print(out));
      case JSON -> out.println(FileFindings.json(all));
    }
    out.flush();
    return all.stream().anyMatch(FileFindings::hasErrors) ? ExitCodes.PIPELINE_FILE : ExitCodes.OK;
  }

  /** A session takes seconds: it is opened for the first file whose text is right. */
  private List<Finding> check(Path file, OfflineSpark spark) {
    PipelineDefinition definition;
    try {
      definition = params.read(file);
    } catch (PipelineFileException e) {
      return TextCheck.of(e);
    }
    List<Finding> findings = TextCheck.of(definition);
    return findings.isEmpty()
        ? CheckedPipeline.of(spark.session(), definition).findings()
        : findings;
  }
}
