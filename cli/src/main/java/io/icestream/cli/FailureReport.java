/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.bench.BenchException;
import io.icestream.localstack.StackException;
import io.icestream.model.PipelineFileException;
import io.icestream.producers.ProducerException;
import io.icestream.spark.failure.PipelineFailure;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Shows a failure to the user in two lines; the stack trace goes to the log file. */
final class FailureReport implements IExecutionExceptionHandler {

  /** The system property that holds the log file's path; set by the launcher. */
  static final String LOG_FILE = "icestream.log";

  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    LOG.error("The command {} failed", command.getCommandSpec().qualifiedName(), failure);
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("error: " + message(failure)));
    String log = System.getProperty(LOG_FILE);
    if (log != null) {
      err.println("details: " + log);
    }
    return exitCode(failure);
  }

  /** The message of a failure that is written for the user; of any other the class is shown too. */
  private static String message(Exception failure) {
    boolean known =
        failure instanceof StackException
            || failure instanceof ProducerException
            || failure instanceof PipelineFailure
            || failure instanceof PipelineFileException
            || failure instanceof BenchException
            || failure instanceof QueryException;
    return known ? failure.getMessage() : "internal error: " + rootCause(failure);
  }

  /** The first line of what went wrong first; Spark's own messages hold whole stack traces. */
  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.toString().lines().findFirst().orElseThrow();
  }

  private static int exitCode(Exception failure) {
    if (failure instanceof PipelineFileException) {
      return ExitCodes.PIPELINE_FILE;
    }
    return failure instanceof PipelineFailure known ? known.kind().exitCode() : ExitCodes.FAILURE;
  }
}
