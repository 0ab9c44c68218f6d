/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.StackException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command. */
@Command(
    name = "icestream",
    description = "Kafka topics in, correct and queryable Apache Iceberg tables out.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {UpCommand.class, DownCommand.class, StatusCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done",
      "1:Failed; the message says why, the details file has the stack trace",
      "2:The command line is wrong",
      "3:status: a server is not running"
    },
    footer = {
      "",
      "ICESTREAM_HOME  Where all state is kept (default: .icestream)",
      "ICESTREAM_HEAP  The largest heap of this command (default: 2g)",
      "NO_COLOR        Set to anything for plain text"
    })
public final class Icestream {

  /** Failures whose message is written for the user. */
  private static final List<Class<? extends Exception>> USER_FACING = List.of(StackException.class);

  private Icestream() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Icestream())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new FailureReport(USER_FACING));
  }
}
