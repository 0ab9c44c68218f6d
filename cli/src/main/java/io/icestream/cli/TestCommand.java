/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.Location;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.parse.ExpectBlocks;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.inspect.PipelineTests;
import io.icestream.spark.inspect.TableComparison;
import io.icestream.spark.inspect.TestOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests of pipeline files. */
@Command(
    name = "test",
    description = {
      "Run the tests that pipeline files have: the records that a test gives go through the",
      "pipeline's own steps, and the rows that come out are compared. Needs no Kafka, no tables."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:All tests passed", "1:A test failed", "78:A file has errors"})
final class TestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", arity = "1..*", description = "Pipeline files")
  private List<Path> files;

  @Option(
      names = "--update",
      description = "Write what came out into the files, as what is expected from now on")
  private boolean update;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Map<Path, PipelineDefinition> pipelines = new LinkedHashMap<>();
    files.forEach(file -> pipelines.put(file, params.read(file)));
    int passed = 0;
    int failed = 0;
    try (OfflineSpark spark = new OfflineSpark("icestream test")) {
      for (Map.Entry<Path, PipelineDefinition> pipeline : pipelines.entrySet()) {
        List<TestOutcome> outcomes = run(pipeline.getKey(), pipeline.getValue(), spark);
        int right = (int) outcomes.stream().filter(TestOutcome::passed).count();
        passed += right;
        failed += outcomes.size() - right;
        if (update && right < outcomes.size()) {
          rewrite(pipeline.getKey(), outcomes);
          err.println(pipeline.getKey() + ": rewritten. Look at what has changed.");
        }
      }
    }
    err.println(passed + " passed, " + failed + " failed");
    return failed == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  private List<TestOutcome> run(Path file, PipelineDefinition pipeline, OfflineSpark spark) {
    if (pipeline.tests().isEmpty()) {
      spec.commandLine().getErr().println(file + ": has no tests");
      return List.of();
    }
    TestText text = new TestText(spec.commandLine().getOut());
    List<TestOutcome> outcomes = PipelineTests.run(spark.session(), pipeline);
    outcomes.forEach(outcome -> text.print(file, outcome));
    return outcomes;
  }

  /** Only tables that differ are written, so that comments elsewhere stay. */
  private static void rewrite(Path file, List<TestOutcome> outcomes) throws IOException {
    Map<Location, Map<String, List<Map<String, Object>>>> rows = new LinkedHashMap<>();
    for (TestOutcome outcome : outcomes) {
      Map<String, List<Map<String, Object>>> tables = new LinkedHashMap<>();
      for (TableComparison table : outcome.tables()) {
        if (!table.passed()) {
          tables.put(table.table(), table.foundAsExpected());
        }
      }
      if (!tables.isEmpty()) {
        rows.put(outcome.test().location(), tables);
      }
    }
    try {
      String rewritten = ExpectBlocks.rewrite(Files.readString(file), rows);
      PipelineParser.parse(file, rewritten); // a file that is right must not become a wrong one
      Files.writeString(file, rewritten);
    } catch (IllegalArgumentException e) {
      throw new PipelineFileException(file, List.of(new Problem(Location.START, e.getMessage())));
    }
  }
}
