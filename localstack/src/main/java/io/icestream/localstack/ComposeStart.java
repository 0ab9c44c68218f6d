/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Brings the compose project to where every service serves. */
final class ComposeStart {

  private static final long PAUSE_MILLIS = 1_000;

  private final ComposeProject project;
  private final ComposeFile file;
  private final ComposeSettings settings;
  private final Duration limit;
  private final Consumer<String> progress;

  /**
   * @param limit how long the services may take once their images are here
   * @param progress is given one sentence per step, for people
   */
  ComposeStart(
      ComposeProject project,
      ComposeFile file,
      ComposeSettings settings,
      Duration limit,
      Consumer<String> progress) {
    this.project = project;
    this.file = file;
    this.settings = settings;
    this.limit = limit;
    this.progress = progress;
  }

  /**
   * @throws StackException if an image is missing, a port is taken, a container ends, or not all
   *     are well within the limit; what has been started stays, so that it can be looked at
   */
  void run(Set<ComposeProfile> profiles) {
    List<ComposeFile.Service> services = file.enabled(profiles);
    services.forEach(this::requireImage);
    requirePorts(services);
    List<String> said = new ArrayList<>();
    CompletableFuture<Boolean> up =
        CompletableFuture.supplyAsync(() -> project.up(profiles, line -> keep(line, said)));
    await(up, said);
  }

  private void requireImage(ComposeFile.Service service) {
    if (service.built() || project.hasImage(service.image())) {
      return;
    }
    progress.accept("Pulling " + service.image());
    if (!project.pull(service.image(), line -> {})) {
      throw new StackException(
          "Image "
              + service.image()
              + " of service "
              + service.name()
              + " is not on this machine and cannot be pulled; "
              + (service.profiles().contains(ComposeProfile.GRAFANA.key())
                      && !service.profiles().contains(ComposeProfile.WATCH.key())
                  ? "leave out grafana, which needs an image registry"
                  : "where no image registry is reachable, localstack/images/build.sh assembles it"));
    }
  }

  private void requirePorts(List<ComposeFile.Service> services) {
    Set<String> running = new HashSet<>();
    project.containers().stream()
        .filter(Container::isRunning)
        .forEach(container -> running.add(container.service()));
    for (ComposeFile.Service service : services) {
      if (service.portVariable().isPresent() && !running.contains(service.name())) {
        String variable = service.portVariable().get();
        PortCheck.requireFree(
            settings.port(variable),
            service.name(),
            "set " + variable + " to another port, in the environment or in localstack/.env");
      }
    }
  }

  private void await(CompletableFuture<Boolean> up, List<String> said) {
    long start = System.nanoTime();
    Set<String> told = new HashSet<>();
    while (true) {
      boolean started = up.isDone();
      List<Container> containers = project.containers();
      for (Container container : containers) {
        if (container.isWell() && told.add(container.service() + container.isDone())) {
          progress.accept(line(container, Duration.ofNanos(System.nanoTime() - start)));
        }
      }
      Optional<Container> failed = containers.stream().filter(Container::hasFailed).findFirst();
      if (failed.isPresent()) {
        throw failure(failed.get(), "has ended with exit code " + failed.get().exitCode());
      }
      if (started && !succeeded(up)) {
        throw refused(containers, said);
      }
      if (started && containers.stream().allMatch(Container::isWell)) {
        return;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        Container late =
            containers.stream()
                .filter(c -> !c.isWell())
                .findFirst()
                .orElseThrow(() -> refused(containers, said));
        throw failure(late, "does not serve after " + limit.toSeconds() + " seconds");
      }
      pause();
    }
  }

  private static boolean succeeded(CompletableFuture<Boolean> up) {
    try {
      return up.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StackException known ? known : e;
    }
  }

  private StackException refused(List<Container> containers, List<String> said) {
    Optional<Container> ill = containers.stream().filter(c -> !c.isWell()).findFirst();
    String end;
    synchronized (said) {
      end = String.join("\n  ", said.subList(Math.max(0, said.size() - 10), said.size()));
    }
    return ill.isPresent() && ill.get().isRunning()
        ? failure(ill.get(), "is not healthy")
        : new StackException("Compose cannot start the project. It says:\n  " + end);
  }

  private StackException failure(Container container, String what) {
    return new StackException(
        "Service "
            + container.service()
            + " "
            + what
            + ". The end of `docker logs "
            + container.name()
            + "`:\n  "
            + String.join("\n  ", project.log(container)));
  }

  private static void keep(String line, List<String> said) {
    synchronized (said) {
      said.add(line);
    }
  }

  private static String line(Container container, Duration taken) {
    String what =
        container.isDone()
            ? "is done"
            : container.address().isEmpty() ? "runs" : "serves at " + container.address();
    return String.format(
        Locale.ROOT, "%s %s after %.0f s", container.service(), what, taken.toMillis() / 1_000.0);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while the containers were starting", e);
    }
  }
}
