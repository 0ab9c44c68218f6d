/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs programs as processes of this machine, with this process's variables and some more. */
final class ProcessRunner implements CommandRunner {

  private static final Path NOTHING = Path.of("/dev/null");

  private final Path folder;
  private final Map<String, String> variables;

  /**
   * @param folder where the programs run
   * @param variables what they get beside the variables of this process
   */
  ProcessRunner(Path folder, Map<String, String> variables) {
    this.folder = folder;
    this.variables = Map.copyOf(variables);
  }

  @Override
  public CommandOutcome run(List<String> command, Duration limit, Consumer<String> errors) {
    if (!isThere(command.get(0))) {
      return CommandOutcome.NOT_FOUND;
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Redirect.from(NOTHING.toFile()));
    builder.environment().putAll(variables);
    try {
      return await(builder.start(), command, limit, errors);
    } catch (IOException e) {
      throw new StackException("Cannot run " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  private static CommandOutcome await(
      Process process, List<String> command, Duration limit, Consumer<String> errors) {
    List<String> output = new ArrayList<>();
    Thread out = reader(process.getInputStream(), output::add);
    Thread err = reader(process.getErrorStream(), errors);
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StackException(
            "`"
                + String.join(" ", command)
                + "` has not ended after "
                + limit.toSeconds()
                + " seconds; run it by hand to see what it waits for");
      }
      out.join();
      err.join();
      return new CommandOutcome(process.exitValue(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while " + command.get(0) + " was running", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static Thread reader(InputStream stream, Consumer<String> lines) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader text =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                text.lines().forEach(lines);
              } catch (IOException | UncheckedIOException e) {
                lines.accept("(the rest cannot be read: " + e.getMessage() + ")");
              }
            },
            "icestream-command");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private boolean isThere(String program) {
    if (program.contains("/")) {
      return Files.isExecutable(folder.resolve(program));
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
      Path file = Path.of(folder.isEmpty() ? "." : folder).resolve(program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return true;
      }
    }
    return false;
  }
}
