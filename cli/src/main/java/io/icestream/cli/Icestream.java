/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root command. */
@Command(
    name = "icestream",
    description = "Kafka topics in, correct and queryable Apache Iceberg tables out.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      TopCommand.class,
      DoctorCommand.class,
      ProbeCommand.class,
      ExamplesCommand.class,
      ProduceCommand.class,
      InitCommand.class,
      ValidateCommand.class,
      ExplainCommand.class,
      CostCommand.class,
      TestCommand.class,
      DryRunCommand.class,
      PlanCommand.class,
      RunCommand.class,
      RecoverCommand.class,
      LedgerCommand.class,
      QuarantineCommand.class,
      FaultsCommand.class,
      BenchCommand.class,
      SqlCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done",
      "1:Failed, or a test failed; the message says why, the details file has the stack trace",
      "2:The command line is wrong; plan: there are changes",
      "3:status: a server is not running",
      "65:run: the data breaks an expectation that says 'else: fail'",
      "66:run, recover: Kafka has lost records that have to be read next",
      "69:run, quarantine, recover: Kafka, a topic or a table is not there",
      "76:run, recover, quarantine replay: another driver, or a checkpoint that is not the tables';"
          + " ledger: a batch is missing or does not balance",
      "78:The pipeline file is wrong"
    },
    footer = {
      "",
      "ICESTREAM_HOME  Where all state is kept (default: .icestream)",
      "ICESTREAM_HEAP  The largest heap of this command (default: 2g)",
      "NO_COLOR        Set to anything for plain text"
    })
public final class Icestream {

  private Icestream() {}

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Icestream())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new UsageReport())
        .setExecutionExceptionHandler(new FailureReport());
  }
}
