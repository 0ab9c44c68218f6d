/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.AwsStack;
import io.icestream.localstack.ComposeProfile;
import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.StackSettings;
import io.icestream.localstack.StackStatus;
import io.icestream.spark.environment.Environment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts a stack of this machine. */
@Command(
    name = "up",
    description = {
      "Start Kafka and S3 on this machine, in the background; keeps what already runs.",
      "With '--profile localstack' Kafka, LocalStack and, in containers, catalog, job and producer."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private HomeOption home;

  @Mixin private ProfileOption profile;

  @Option(
      names = "--kafka-port",
      paramLabel = "N",
      defaultValue = "" + StackSettings.DEFAULT_KAFKA_PORT,
      description = "Kafka's port, 0 for any free one; of a process (default: ${DEFAULT-VALUE})")
  private int kafkaPort;

  @Option(
      names = "--s3-port",
      paramLabel = "N",
      defaultValue = "" + StackSettings.DEFAULT_S3_PORT,
      description = "The S3 endpoint's port, 0 for any free one (default: ${DEFAULT-VALUE})")
  private int s3Port;

  @Option(
      names = "--no-probe",
      description = "Without the probe, which publishes how fresh tables are")
  private boolean withoutProbe;

  @Option(
      names = "--localstack-port",
      paramLabel = "N",
      defaultValue = "" + StackSettings.DEFAULT_LOCALSTACK_PORT,
      description =
          "LocalStack's port, 0 for any free one; of a process (default: ${DEFAULT-VALUE}). Ports of"
              + " containers are in localstack/.env")
  private int localStackPort;

  @Option(
      names = "--with",
      paramLabel = "PART",
      split = ",",
      description = "With '--profile localstack': query (Trino), watch (Prometheus), grafana")
  private Set<ComposeProfile> parts = EnumSet.noneOf(ComposeProfile.class);

  @Option(
      names = "--processes",
      description = "With '--profile localstack': processes, even where a container engine answers")
  private boolean processes;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Consumer<String> progress =
        line -> {
          err.println(line);
          err.flush();
        };
    StackStatus stack = start(progress);
    Path environment = profile.get().environmentFile(home.path());
    StackStatus all =
        BackgroundProbe.of(profile.get(), home.path())
            .map(probe -> besideProbe(stack, probe, environment, progress))
            .orElse(stack);
    new StatusText(spec.commandLine().getOut()).print(all);
    err.println("Environment: " + environment);
    return ExitCodes.OK;
  }

  private StackStatus besideProbe(
      StackStatus stack, BackgroundProbe probe, Path environment, Consumer<String> progress) {
    if (withoutProbe) {
      probe.stop(progress);
    } else {
      probe.start(environment, progress);
    }
    return probe.beside(stack);
  }

  /** Everything that is there once {@code up} has returned, in the order in which it is made. */
  private StackStatus start(Consumer<String> progress) {
    StackStatus stack =
        switch (profile.get()) {
          case EMBEDDED -> startEmbedded(progress);
          case LOCALSTACK -> startLocalStack(progress);
        };
    Path environment = profile.get().environmentFile(home.path());
    ExampleData.provide(Environment.read(environment), progress);
    return stack;
  }

  private StackStatus startEmbedded(Consumer<String> progress) {
    if (!parts.isEmpty() || processes) {
      throw new ParameterException(
          spec.commandLine(),
          "--with and --processes belong to '--profile localstack', which is not given");
    }
    return EmbeddedStack.start(
        new StackSettings(home.path(), Distribution.path(), kafkaPort, s3Port), progress);
  }

  private StackStatus startLocalStack(Consumer<String> progress) {
    return StackProfile.awsStack(home.path())
        .start(new AwsStack.Wish(parts, processes, kafkaPort, localStackPort), progress);
  }
}
