/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.StackSettings;
import io.icestream.localstack.StackStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts the embedded stack. */
@Command(
    name = "up",
    description = "Start Kafka and S3 on this machine, in the background; keeps what already runs.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private HomeOption home;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "" + StackSettings.DEFAULT_KAFKA_PORT,
      description = "Kafka's port, 0 for any free one (default: ${DEFAULT-VALUE})")
  private int kafkaPort;

  @Option(
      names = "--s3-port",
      paramLabel = "N",
      defaultValue = "" + StackSettings.DEFAULT_S3_PORT,
      description = "The S3 endpoint's port, 0 for any free one (default: ${DEFAULT-VALUE})")
  private int s3Port;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> progress = err::println;
    StackStatus stack = start(progress);
    new StatusText(spec.commandLine().getOut()).print(stack);
    err.println("Environment: " + EmbeddedStack.environmentFile(home.path()));
    return ExitCodes.OK;
  }

  /** Everything that is there once {@code up} has returned, in the order in which it is made. */
  private StackStatus start(Consumer<String> progress) {
    StackStatus stack =
        EmbeddedStack.start(
            new StackSettings(home.path(), Distribution.path(), kafkaPort, s3Port), progress);
    ExampleData.provide(home.path(), progress);
    return stack;
  }
}
