/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.PipelineDefinition;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.inspect.ReadyPipeline;
import io.icestream.spark.query.RehearsedBatch;
import io.icestream.spark.source.KafkaSample;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.transform.StepGraph.CheckedStep;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a few records of the topic through a pipeline, and writes nothing. */
@Command(
    name = "dry-run",
    description = {
      "Run the newest records of the topic through a pipeline, and show the rows of each step and",
      "what would be quarantined. Writes nothing: no table, no checkpoint."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done",
      "65:The records break a rule that stops the pipeline",
      "69:Kafka, the topic or a lookup table is not there",
      "78:The file has errors"
    })
final class DryRunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file")
  private Path pipeline;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many records to read, at most 10000 (default: ${DEFAULT-VALUE})")
  private int sample;

  @Override
  public Integer call() {
    if (sample < 1 || sample > 10_000) {
      throw new ParameterException(
          spec.commandLine(), "--sample has to be from 1 to 10000, found " + sample);
    }
    PipelineDefinition definition = params.read(pipeline);
    Environment place = environment.read();
    try (ReadyPipeline ready = ReadyPipeline.of(definition, place)) {
      RawRecords records =
          new KafkaSample(ready.topic(), place.kafka()).newest(ready.spark(), sample);
      try (RehearsedBatch batch = RehearsedBatch.run(ready.plan(), ready.graph(), records)) {
        print(ready, batch);
      }
    }
    spec.commandLine().getErr().println("Nothing was written.");
    return ExitCodes.OK;
  }

  private void print(ReadyPipeline ready, RehearsedBatch batch) {
    String source = ready.plan().source().name();
    print("source " + source + ", decoded", RehearsedBatch.shown(batch.rows(source)));
    for (CheckedStep step : ready.graph().steps()) {
      print(
          "step " + step.name() + (step.window() ? ", these records alone" : ", accepted"),
          step.window()
              ? batch.groups(step.name())
              : RehearsedBatch.shown(batch.rows(step.name())));
    }
    print(
        "quarantine " + ready.plan().quarantineTable(),
        batch
            .quarantined("dry-run", Instant.now())
            .selectExpr("partition", "offset", "stage", "reason", "detail", "string(payload)"));
  }

  private void print(String title, Dataset<Row> rows) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(title);
    ResultFormat.TABLE.print(rows, out);
    out.println();
    out.flush();
  }
}
