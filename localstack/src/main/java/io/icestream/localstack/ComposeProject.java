/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The compose project, by the commands of Docker and Compose. */
final class ComposeProject {

  private static final Duration SHORT = Duration.ofSeconds(60);
  private static final Duration LONG = Duration.ofMinutes(20);

  private final CommandRunner runner;
  private final List<String> compose;
  private final Path file;
  private final String name;

  /**
   * @param compose the command of Compose
   * @param file the compose file
   * @param name the project's name
   */
  ComposeProject(CommandRunner runner, List<String> compose, Path file, String name) {
    this.runner = runner;
    this.compose = List.copyOf(compose);
    this.file = file;
    this.name = name;
  }

  /**
   * Starts the services of the profiles, and returns when those that others wait for are healthy.
   *
   * @param errors takes what Compose says meanwhile
   * @return whether it has succeeded
   */
  boolean up(Set<ComposeProfile> profiles, Consumer<String> errors) {
    return compose(profiles, LONG, errors, "up", "-d", "--no-build").succeeded();
  }

  /** Makes the images of this source tree. The output tells why, if that fails. */
  CommandOutcome build(List<String> services, Consumer<String> errors) {
    List<String> arguments = new ArrayList<>(List.of("build"));
    arguments.addAll(services);
    return compose(Set.of(), LONG, errors, arguments.toArray(String[]::new));
  }

  /** Removes the containers and networks of all profiles; volumes stay. */
  boolean down(Consumer<String> errors) {
    return compose(Set.of(ComposeProfile.values()), LONG, errors, "down", "--remove-orphans")
        .succeeded();
  }

  /** The containers that there are, running or not. */
  List<Container> containers() {
    List<String> ids =
        docker("ps", "-aq", "--filter", "label=com.docker.compose.project=" + name).output();
    if (ids.isEmpty()) {
      return List.of();
    }
    List<String> inspect = new ArrayList<>(List.of("inspect", "--format", Container.FORMAT));
    inspect.addAll(ids);
    return docker(inspect.toArray(String[]::new)).output().stream()
        .filter(line -> !line.isBlank())
        .map(Container::of)
        .sorted((a, b) -> a.service().compareTo(b.service()))
        .toList();
  }

  boolean hasImage(String image) {
    return docker("image", "inspect", "--format", "{{.Id}}", image).succeeded();
  }

  /** When an image was made, as an ISO time; blank if it is not here. */
  String imageCreated(String image) {
    CommandOutcome outcome = docker("image", "inspect", "--format", "{{.Created}}", image);
    return outcome.succeeded() ? outcome.line() : "";
  }

  /** Whether a registry had the image. */
  boolean pull(String image, Consumer<String> errors) {
    return runner.run(List.of("docker", "pull", image), LONG, errors).succeeded();
  }

  /** The end of a container's log. */
  List<String> log(Container container) {
    List<String> lines = new ArrayList<>();
    CommandOutcome outcome =
        runner.run(List.of("docker", "logs", "--tail", "20", container.name()), SHORT, lines::add);
    lines.addAll(outcome.output());
    return lines;
  }

  private CommandOutcome docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(Arrays.asList(arguments));
    return runner.run(command, SHORT, line -> {});
  }

  private CommandOutcome compose(
      Set<ComposeProfile> profiles, Duration limit, Consumer<String> errors, String... arguments) {
    List<String> command = new ArrayList<>(compose);
    command.addAll(List.of("--file", file.toString(), "--project-name", name));
    profiles.stream().sorted().forEach(p -> command.addAll(List.of("--profile", p.key())));
    command.addAll(Arrays.asList(arguments));
    return runner.run(command, limit, errors);
  }
}
