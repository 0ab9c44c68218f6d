/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import io.icestream.faults.inject.FencelessDriver;
import io.icestream.spark.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A driver in a process of its own. */
final class Driver implements AutoCloseable {
  private final String name;
  private final Process process;
  private final CompletableFuture<Void> copying;
  private volatile boolean closed;

  private Driver(String name, Process process, Path output) {
    this.name = name;
    this.process = process;
    // Through this process: a driver that can write no file still has something to say
    this.copying = CompletableFuture.runAsync(() -> copy(output), Driver::inBackground);
  }

  /**
   * What a driver runs.
   *
   * @param pipeline the pipeline file
   * @param environment the environment file
   * @param fenceOff whether it commits without looking
   */
  record Command(Path pipeline, Path environment, boolean fenceOff) {
    /** The command line. */
    List<String> words() {
      List<String> words = new ArrayList<>();
      words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      words.addAll(inheritedOptions());
      // Drivers live for seconds: the optimising compiler costs more than it gives back
      words.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      words.add("-Dlog4j2.configurationFile=classpath:icestream-faults-log4j2.properties");
      words.add("-Dlog4j2.disableJmx=true");
      words.addAll(List.of("-cp", System.getProperty("java.class.path")));
      words.add((fenceOff ? FencelessDriver.class : Main.class).getName());
      words.addAll(List.of("--pipeline", pipeline.toString()));
      words.addAll(List.of("--environment", environment.toString()));
      words.addAll(List.of("--trigger", "500ms", "--retry-for", "2m"));
      return words;
    }

    /** This JVM's options that a driver needs too: they open the JDK, and save time. */
    private static List<String> inheritedOptions() {
      return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
          .filter(
              o ->
                  o.startsWith("--add-")
                      || o.startsWith("-Djdk.")
                      || o.startsWith("-XX:SharedArchiveFile=")
                      || o.startsWith("-Xlog:"))
          .toList();
    }
  }

  /**
   * Starts one.
   *
   * @param name for messages
   * @param words the command line
   * @param output takes what it prints and logs
   */
  static Driver start(String name, List<String> words, Path output) {
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
      return new Driver(name, process, output);
    } catch (IOException e) {
      throw new UncheckedIOException("A driver cannot be started", e);
    }
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal. */
  void send(Signal signal) {
    signal.to(process.pid());
  }

  /** Tells it to stop after the batch at hand. */
  void stop() {
    // Process.destroy() would close the stream, to which it still has to say something
    boolean unused = process.toHandle().destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its exit code; empty if it runs. */
  OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  /** Waits for its end; its exit code, or empty if it still runs. */
  OptionalInt awaitEnd(Duration most) throws InterruptedException {
    return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)
        ? exitCode()
        : OptionalInt.empty();
  }

  private static void inBackground(Runnable copying) {
    Thread thread = new Thread(copying, "output-of-driver");
    thread.setDaemon(true);
    thread.start();
  }

  /** Ends it at once if it still runs; when this returns, nothing of it writes any more. */
  @Override
  public void close() {
    closed = true;
    process.destroyForcibly().onExit().join();
    copying.handle((copied, failure) -> failure).join();
  }

  /** To the end of the stream, which {@link #close} ends too. */
  private void copy(Path to) {
    try (OutputStream out = Files.newOutputStream(to)) {
      process.getInputStream().transferTo(out);
    } catch (IOException e) {
      if (!closed) { // else the stream was closed under it
        throw new UncheckedIOException("What a driver prints cannot be kept in " + to, e);
      }
    }
  }
}
