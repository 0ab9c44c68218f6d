/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.environment.SparkSessions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one SQL statement on the catalog of an environment. */
@Command(
    name = "sql",
    description = {
      "Run Spark SQL on the tables.",
      "Metadata tables too: SELECT * FROM iot.readings.snapshots"
    },
    mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Parameters(paramLabel = "STATEMENT", description = "One SQL statement")
  private String statement;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "table, json or csv (default: ${DEFAULT-VALUE})")
  private ResultFormat format;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    SparkSession spark = SparkSessions.open(environment.read(), "icestream sql");
    try {
      Dataset<Row> rows = spark.sql(statement);
      format.print(rows, out);
      out.flush();
      return ExitCodes.OK;
    } catch (Exception e) {
      // Scala does not declare what it throws, so the compiler takes no narrower catch
      throw e instanceof AnalysisException analysis
          ? new QueryException(analysis.getSimpleMessage(), e)
          : e;
    } finally {
      spark.stop();
    }
  }
}
