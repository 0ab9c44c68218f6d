/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import io.icestream.localstack.StackException;
import io.icestream.spark.Main;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A pipeline in a process of its own, with the main class that also runs on EMR Serverless. */
final class PipelineProcess implements AutoCloseable {
  private static final long STOP_SECONDS = 60;

  private final String name;
  private final Process process;
  private final Path output;

  private PipelineProcess(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a pipeline; gives back at once.
   *
   * @param name its name
   * @param file the pipeline file
   * @param environment the environment file
   * @param logs folder of its output and its log
   */
  static PipelineProcess start(String name, Path file, Path environment, Path logs) {
    Path output = logs.resolve(name + ".out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(inheritedOptions());
    // A demo is short: on few cores the optimising compiler costs more than it gives back
    command.addAll(List.of("-Xmx1500m", "-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dicestream.log=" + logs.resolve(name + ".log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(List.of("--pipeline", file.toString(), "--environment", environment.toString()));
    try {
      Files.createDirectories(logs);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile())
              .start();
      return new PipelineProcess(name, process, output);
    } catch (IOException e) {
      throw new StackException("Pipeline " + name + " cannot be started: " + e.getMessage(), e);
    }
  }

  /**
   * Checks that it still runs.
   *
   * @throws StackException if it has ended
   */
  void requireRunning() {
    if (!process.isAlive()) {
      throw new StackException(
          "Pipeline "
              + name
              + " has ended with exit code "
              + process.exitValue()
              + " before it was told to. Its output is in "
              + output);
    }
  }

  /**
   * Tells it to stop after the batch at hand, and waits for that.
   *
   * @throws StackException if it does not stop within a minute, or not with exit code 0
   */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new StackException(
          "Pipeline " + name + " has not stopped within a minute. Its output is in " + output);
    }
    if (process.exitValue() != 0) {
      throw new StackException(
          "Pipeline "
              + name
              + " has stopped with exit code "
              + process.exitValue()
              + ". Its output is in "
              + output);
    }
  }

  /** Ends it at once if it still runs. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  /**
   * This JVM's options that a pipeline needs too: the ones that open the JDK, and the logging's.
   */
  private static List<String> inheritedOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(o -> o.startsWith("--add-") || o.startsWith("-Djdk.") || o.startsWith("-Dlog4j2."))
        .toList();
  }
}
