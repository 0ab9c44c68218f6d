/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.Companion;
import io.icestream.localstack.ServerStatus;
import io.icestream.localstack.StackStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code probe} as a background process beside the servers of a stack. */
final class BackgroundProbe {
  /** It looks at a few tables now and then. */
  private static final List<String> SMALL =
      List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private static final String EVERY_SECONDS = "10";

  /** What the launcher opens of the JDK, and where logging is told what to do. */
  private static final List<String> INHERITED =
      List.of("--add-opens=", "--add-exports=", "-Dlog4j2.");

  private final Path home;
  private final Companion process;

  private BackgroundProbe(Path home) {
    this.home = home;
    this.process = new Companion(home, "probe");
  }

  /** The probe of a stack that has one: containers are watched in their own way. */
  static Optional<BackgroundProbe> of(StackProfile profile, Path home) {
    return profile == StackProfile.EMBEDDED
        ? Optional.of(new BackgroundProbe(home))
        : Optional.empty();
  }

  /**
   * Starts it, unless it runs in the same environment.
   *
   * @param environment what it looks at, and where it publishes
   * @param progress is given one sentence per step, for people
   */
  void start(Path environment, Consumer<String> progress) {
    try {
      process.start(command(), Files.readString(environment), progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, if it was started. */
  void stop(Consumer<String> progress) {
    process.stop(progress);
  }

  /** The stack with the probe among its servers, if it was started. */
  StackStatus beside(StackStatus stack) {
    List<ServerStatus> all = new ArrayList<>(stack.servers());
    process.status().ifPresent(all::add);
    return new StackStatus(stack.home(), all);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> INHERITED.stream().anyMatch(argument::startsWith))
        .forEach(command::add);
    command.add("-Dicestream.log=" + home.resolve("logs/probe.log"));
    command.add("-cp");
    command.add(Distribution.path().resolve("lib/app/*").toString());
    command.add(Icestream.class.getName());
    command.addAll(
        List.of("probe", "--every", EVERY_SECONDS, "--environment", process.settings().toString()));
    return command;
  }
}
