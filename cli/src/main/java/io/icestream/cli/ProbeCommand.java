/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.FreshnessApp;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Publishes how fresh tables are, in a process of its own. */
@Command(
    name = "probe",
    description = {
      "Publish how fresh all tables are, measured outside of the jobs, so that the numbers rise when a",
      "job is dead. Runs until it is stopped."
    },
    mixinStandardHelpOptions = true)
final class ProbeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Seconds between two looks (default: ${DEFAULT-VALUE})")
  private int every;

  @Override
  public Integer call() throws InterruptedException {
    if (every < 1) {
      throw new ParameterException(
          spec.commandLine(), "--every has to be 1 or more, found " + every);
    }
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop, stopped), "icestream-stop"));
    PrintWriter err = spec.commandLine().getErr();
    err.println("Probing; Ctrl-C stops it");
    err.flush();
    try {
      new FreshnessApp(environment.read()).run(Duration.ofSeconds(every), stop, found -> {});
    } finally {
      stopped.countDown();
    }
    return ExitCodes.OK;
  }

  /** Lets what is published be closed in order before the process is gone. */
  private static void end(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      boolean unused = stopped.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
