/* SPDX-License-Identifier: MIT */
package io.icestream.bench.process;

import io.icestream.bench.BenchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end and measures it. */
public final class MeasuredProcess {
  /** A shell waits for the program, since only a parent learns what a child has used. */
  private static final String SCRIPT =
      "pid=$1; times=$2; shift 2; \"$@\" & echo $! >\"$pid\"; wait $!; code=$?;"
          + " times >\"$times\"; exit $code";

  private static final long LOOK_MILLIS = 100;

  private final String name;
  private final Path folder;

  /**
   * @param name for messages and files
   * @param folder for its output; has to exist
   */
  public MeasuredProcess(String name, Path folder) {
    this.name = name;
    this.folder = folder;
  }

  /** What it prints. */
  public Path output() {
    return folder.resolve(name + ".out");
  }

  /** Asks the program to end, which another thread runs; does nothing if it does not run. */
  public void terminate() {
    try {
      Path pidFile = folder.resolve(name + ".pid");
      if (Files.exists(pidFile) && Files.size(pidFile) > 0) {
        ProcessHandle.of(Long.parseLong(Files.readString(pidFile).strip()))
            .ifPresent(ProcessHandle::destroy);
      }
    } catch (IOException e) {
      throw new BenchException(name + " cannot be ended: " + e.getMessage(), e);
    }
  }

  /**
   * Runs a program.
   *
   * @param words the command line
   * @param limit after which it is killed
   * @throws BenchException if it cannot be started, fails, or is not done at the limit
   */
  public ProcessCost run(List<String> words, Duration limit) {
    Path pidFile = folder.resolve(name + ".pid");
    Path timesFile = folder.resolve(name + ".times");
    List<String> command =
        new ArrayList<>(
            List.of("/bin/sh", "-c", SCRIPT, "bench", pidFile.toString(), timesFile.toString()));
    command.addAll(words);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output().toFile());
    builder.environment().put("LC_ALL", "C");
    long start = System.nanoTime();
    try {
      Process shell = builder.start();
      Thread killer = new Thread(() -> end(shell));
      Runtime.getRuntime().addShutdownHook(killer);
      try {
        long peak = await(shell, pidFile, start + limit.toNanos());
        Duration wall = Duration.ofNanos(System.nanoTime() - start);
        return new ProcessCost(wall, ShellTimes.ofChildren(Files.readString(timesFile)), peak);
      } finally {
        end(shell);
        Runtime.getRuntime().removeShutdownHook(killer);
      }
    } catch (IOException e) {
      throw new BenchException(name + " cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted while " + name + " ran", e);
    }
  }

  private long await(Process shell, Path pidFile, long end)
      throws IOException, InterruptedException {
    PeakMemory memory = null;
    while (!shell.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (System.nanoTime() - end > 0) {
        throw new BenchException(name + " is not done in time. Its output is in " + output());
      }
      if (memory == null && Files.exists(pidFile) && Files.size(pidFile) > 0) {
        memory = new PeakMemory(Long.parseLong(Files.readString(pidFile).strip()));
      }
      if (memory != null) {
        memory.look();
      }
    }
    if (shell.exitValue() != 0) {
      throw new BenchException(
          name
              + " has ended with exit code "
              + shell.exitValue()
              + ". Its output is in "
              + output());
    }
    return memory == null ? 0 : memory.bytes();
  }

  /** The shell does not pass signals on. */
  private static void end(Process shell) {
    shell.descendants().forEach(ProcessHandle::destroyForcibly);
    shell.destroyForcibly();
  }
}
