/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import io.icestream.localstack.ServerStatus.State;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A process beside the servers of a stack, which serves nobody: started in the background, found
 * again and ended as they are. It is not waited for.
 */
public final class Companion {
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final StackHome home;
  private final String name;

  /**
   * @param home the directory of all state
   * @param name tells it from the servers in file names and in data
   */
  public Companion(Path home, String name) {
    this.home = new StackHome(home);
    this.name = name;
  }

  /** The file with its settings; there once it has been started. */
  public Path settings() {
    return home.run().resolve(name + ".properties");
  }

  /**
   * Starts it, unless it runs with the same settings.
   *
   * @param command the command line
   * @param settings what {@link #settings} is to hold
   * @param progress is given one sentence per step, for people
   * @throws StackException if another command is starting or ending the stack, or no process could
   *     be started
   */
  public void start(List<String> command, String settings, Consumer<String> progress) {
    home.create();
    StackLock.with(
        home,
        () -> {
          Optional<ProcessIdentity> running = running();
          if (running.isPresent() && settings.equals(former())) {
            progress.accept(name + " already runs (pid " + running.get().pid() + ")");
            return;
          }
          end(progress);
          launch(command, settings, progress);
        });
  }

  /**
   * Ends it: first by request, after 15 seconds by force. Does nothing if it was not started.
   *
   * @param progress is given one sentence per step, for people
   * @throws StackException if another command is starting or ending the stack, or it cannot be
   *     ended
   */
  public void stop(Consumer<String> progress) {
    if (Files.exists(pidFile())) {
      StackLock.with(home, () -> end(progress));
    }
  }

  /** How it is; empty if it was not started, or ended in order. */
  public Optional<ServerStatus> status() {
    return PidFile.read(pidFile())
        .map(PidFile::process)
        .map(
            process -> {
              boolean alive = process.alive().isPresent();
              return new ServerStatus(
                  name,
                  alive ? State.RUNNING : State.DEAD,
                  OptionalLong.of(process.pid()),
                  Optional.empty(),
                  alive ? Optional.of(process.age()) : Optional.empty(),
                  log().toString());
            });
  }

  private void launch(List<String> command, String settings, Consumer<String> progress) {
    List<String> line = new ArrayList<>(ServerLaunch.detached());
    line.addAll(command);
    try {
      Files.writeString(settings(), settings);
      Process started =
          new ProcessBuilder(line)
              .directory(home.run().toFile())
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(Redirect.appendTo(log().toFile()))
              .redirectErrorStream(true)
              .start();
      ProcessIdentity process = ProcessIdentity.of(started.toHandle());
      new PidFile(process, 0).write(pidFile());
      progress.accept(name + " started (pid " + process.pid() + ")");
    } catch (IOException e) {
      throw new StackException("Cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  private void end(Consumer<String> progress) {
    Optional<ProcessIdentity> running = running();
    if (running.isPresent()) {
      ProcessIdentity process = running.get();
      process.alive().ifPresent(ProcessHandle::destroy);
      if (!StackEnd.hasEnded(process, GRACE)) {
        process.alive().ifPresent(ProcessHandle::destroyForcibly);
        if (!StackEnd.hasEnded(process, GRACE)) {
          throw new StackException(
              name + " (pid " + process.pid() + ") does not end; end it by hand");
        }
      }
      progress.accept(name + " (pid " + process.pid() + ") ended");
    }
    PidFile.delete(pidFile());
  }

  private Optional<ProcessIdentity> running() {
    return PidFile.read(pidFile())
        .map(PidFile::process)
        .filter(process -> process.alive().isPresent());
  }

  private String former() {
    try {
      return Files.exists(settings()) ? Files.readString(settings()) : "";
    } catch (IOException e) {
      throw new StackException("Cannot read " + settings() + " (" + e + ")", e);
    }
  }

  private Path pidFile() {
    return home.run().resolve(name + ".pid");
  }

  private Path log() {
    return home.logs().resolve(name + ".log");
  }
}
