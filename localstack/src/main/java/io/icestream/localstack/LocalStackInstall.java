/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts LocalStack into a virtual environment of Python, from a package index. */
final class LocalStackInstall {

  /** The last release that needs no account. */
  static final String PACKAGE = "localstack-core[runtime]==4.14.0";

  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final int LINES = 20;

  /** Older ones do not understand its source. */
  private static final String NEW_ENOUGH =
      "import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 12) else 3)";

  /** The variable that names the Python to use. */
  private static final String PYTHON = "ICESTREAM_PYTHON";

  private static final List<String> CANDIDATES = List.of("python3.13", "python3.12", "python3");

  private final StackHome home;
  private final Path folder;
  private final CommandRunner runner;
  private final Optional<String> named;

  /**
   * @param folder the folder {@code localstack} of the source tree, which has hooks and constraints
   * @param named the Python that the user has named
   */
  LocalStackInstall(StackHome home, Path folder, CommandRunner runner, Optional<String> named) {
    this.home = home;
    this.folder = folder;
    this.runner = runner;
    this.named = named;
  }

  /** The Python that the user has named in the variables of the process. */
  static Optional<String> named() {
    return Optional.ofNullable(System.getenv(PYTHON)).filter(path -> !path.isBlank());
  }

  /**
   * A Python that LocalStack runs on: once it is installed, the one that it was installed with.
   *
   * @return empty if there is none
   */
  Optional<String> python() {
    if (Files.exists(done())) {
      return Optional.of(home.python().toString());
    }
    return named.map(List::of).orElse(CANDIDATES).stream()
        .filter(
            python ->
                runner
                    .run(List.of(python, "-c", NEW_ENOUGH), Duration.ofSeconds(30), line -> {})
                    .succeeded())
        .findFirst();
  }

  /**
   * Installs it unless it is there, and shows it the hooks of this source tree.
   *
   * @param python what {@link #python} has found
   * @throws StackException if it cannot be installed
   */
  void provide(String python, Consumer<String> progress) {
    if (Files.notExists(done())) {
      progress.accept(
          "Installing LocalStack with "
              + python
              + " in "
              + home.virtualEnvironment()
              + " (takes minutes)");
      String environment = home.virtualEnvironment().toString();
      run(List.of(python, "-m", "venv", "--clear", environment));
      run(
          List.of(
              home.python().toString(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--disable-pip-version-check",
              "--constraint",
              folder.resolve("images/localstack/constraints.txt").toString(),
              PACKAGE,
              "service-identity"));
      mark(done());
    }
    link(folder.resolve("init"), home.localStackRoot().resolve("etc/localstack/init"));
  }

  private Path done() {
    return home.virtualEnvironment().resolve("icestream.installed");
  }

  private void run(List<String> command) {
    Deque<String> end = new ArrayDeque<>();
    CommandOutcome outcome =
        runner.run(
            command,
            LIMIT,
            line -> {
              end.addLast(line);
              if (end.size() > LINES) {
                end.removeFirst();
              }
            });
    if (!outcome.succeeded()) {
      throw new StackException(
          "LocalStack cannot be installed: `"
              + String.join(" ", command)
              + "` has ended with exit code "
              + outcome.exitCode()
              + "; see that its package index is reachable. It says:\n  "
              + String.join("\n  ", end));
    }
  }

  private static void mark(Path done) {
    try {
      Files.createFile(done);
    } catch (IOException e) {
      throw new StackException("Cannot write " + done + " (" + e + "); check free space", e);
    }
  }

  private static void link(Path hooks, Path place) {
    try {
      Files.createDirectories(place.getParent());
      Files.deleteIfExists(place);
      Files.createSymbolicLink(place, hooks);
    } catch (IOException e) {
      throw new StackException(
          "Cannot link " + place + " to " + hooks + " (" + e + "); delete it by hand", e);
    }
  }
}
