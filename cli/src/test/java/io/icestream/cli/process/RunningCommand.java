/* SPDX-License-Identifier: MIT */
package io.icestream.cli.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A process that was started, with its output in files: no pipe can fill up and block it. */
public final class RunningCommand {

  /** Long enough for a machine that does other things too; a test that waits so long has failed. */
  public static final Duration PATIENCE = Duration.ofMinutes(8);

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Path FOLDER = Workspace.emptyFolder("output");

  private final List<String> arguments;
  private final Process process;
  private final Path out;
  private final Path err;

  private RunningCommand(List<String> arguments, Process process, Path out, Path err) {
    this.arguments = arguments;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts a process.
   *
   * @param builder the process; gets its output redirected
   * @param arguments what messages call it
   */
  public static RunningCommand start(ProcessBuilder builder, List<String> arguments) {
    String name = String.format("%03d-%s", NUMBER.incrementAndGet(), arguments.get(0));
    Path out = FOLDER.resolve(name.replaceAll("[^a-z0-9-]", "_") + ".out");
    Path err = out.resolveSibling(out.getFileName().toString().replace(".out", ".err"));
    try {
      Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      return new RunningCommand(arguments, process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until a text has come up on standard error so many times. */
  public RunningCommand awaitOnError(String text, int times) {
    await("'" + text + "' " + times + " times from " + arguments)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .failFast("It has ended before", this::requireAlive)
        .until(() -> occurrences(text) >= times);
    return this;
  }

  /** What it has written to standard error until now. */
  public String errorSoFar() {
    return read(err);
  }

  /** Ends the process as {@code kill -9} does. */
  public Outcome kill() {
    process.destroyForcibly();
    return outcome();
  }

  /** Asks the process to end, as {@code kill} does. */
  public Outcome terminate() {
    process.destroy();
    return outcome();
  }

  /** Waits for the end. */
  public Outcome outcome() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(arguments + " does not end: " + read(err));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for " + arguments, e);
    }
    return new Outcome(String.join(" ", arguments), process.exitValue(), read(out), read(err));
  }

  /** Fails if the process has ended. */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError(arguments + " has ended: " + read(err));
    }
  }

  private int occurrences(String text) {
    return read(err).split(Pattern.quote(text), -1).length - 1;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
