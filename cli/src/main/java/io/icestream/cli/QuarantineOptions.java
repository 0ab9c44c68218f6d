/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.model.PipelineDefinition;
import io.icestream.spark.QuarantineApp;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The options that say which rows in quarantine are meant, and where they are. */
final class QuarantineOptions {

  @Mixin private StackEnvironment environment;

  @Mixin private ParamOption params;

  @Parameters(paramLabel = "PIPELINE", description = "The pipeline file")
  private Path pipeline;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = {
        "A condition on the columns of the quarantine table (default: all rows of the pipeline)",
        "For example: reason = 'wrong_type' AND time >= '2026-01-31'"
      })
  private String where;

  /** The condition; empty for all rows. */
  Optional<String> where() {
    return Optional.ofNullable(where);
  }

  /**
   * Does something in a session of the environment, which ends with it.
   *
   * @throws ParameterException if the condition is wrong
   */
  <T> T with(CommandSpec spec, Function<QuarantineApp, T> work) {
    PipelineDefinition definition = params.read(pipeline);
    Environment where = environment.read();
    SparkSession spark = SparkSessions.open(where, "icestream quarantine");
    try {
      return work.apply(new QuarantineApp(spark, definition, where));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } finally {
      spark.stop();
    }
  }
}
