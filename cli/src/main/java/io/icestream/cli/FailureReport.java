/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import java.io.PrintWriter;
import java.util.List;
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

  private final List<Class<? extends Exception>> userFacing;

  /**
   * @param userFacing exceptions whose message is written for the user; of any other the class is
   *     shown too
   */
  FailureReport(List<Class<? extends Exception>> userFacing) {
    this.userFacing = List.copyOf(userFacing);
  }

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
    return ExitCodes.FAILURE;
  }

  private String message(Exception failure) {
    boolean known = userFacing.stream().anyMatch(type -> type.isInstance(failure));
    return known ? failure.getMessage() : failure.toString();
  }
}
