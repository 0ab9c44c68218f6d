/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.environment.SparkSessions;
import java.io.PrintWriter;
import java.util.List;
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
      "Metadata tables too: SELECT * FROM iot.readings.snapshots",
      "Of several statements, results are separated by an empty line"
    },
    mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Parameters(
      paramLabel = "STATEMENT",
      arity = "1..*",
      description = "SQL statements, run one after the other")
  private List<String> statements;

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
      for (int i = 0; i < statements.size(); i++) {
        if (i > 0) {
          out.println();
        }
        Dataset<Row> rows = spark.sql(statements.get(i));
        format.print(rows, out);
        out.flush();
      }
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
