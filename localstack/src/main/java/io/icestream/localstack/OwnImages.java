/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The images that are made from this source tree: the job and the command line. */
final class OwnImages {

  private static final Duration LIMIT = Duration.ofMinutes(20);
  private static final int LINES = 20;

  /** What the job's jar is made of. */
  private static final List<String> JAR_SOURCES =
      List.of(
          "pom.xml",
          "model/pom.xml",
          "model/src/main",
          "spark-jobs/pom.xml",
          "spark-jobs/src/main",
          "job/pom.xml");

  private static final String JAR = "job/target/icestream-job.jar";

  /**
   * An image.
   *
   * @param service the service that makes it
   * @param sources what it is made of
   */
  private record Own(String service, List<String> sources) {}

  private static final List<Own> IMAGES =
      List.of(
          new Own("job", List.of(JAR, "localstack/images/job")),
          new Own(
              "setup",
              List.of(
                  "cli/target/icestream/lib/app",
                  "icestream",
                  "pipelines",
                  "localstack/images/cli")));

  private final Path tree;
  private final ComposeFile file;
  private final ComposeProject project;
  private final CommandRunner runner;

  /**
   * @param tree the source tree
   * @param runner runs in the source tree
   */
  OwnImages(Path tree, ComposeFile file, ComposeProject project, CommandRunner runner) {
    this.tree = tree;
    this.file = file;
    this.project = project;
    this.runner = runner;
  }

  /**
   * Makes those that are missing, or older than what they are made of.
   *
   * @throws StackException if one cannot be made; with the end of what the build says
   */
  void provide(Consumer<String> progress) {
    Path jar = tree.resolve(JAR);
    if (Files.notExists(jar) || newest(JAR_SOURCES).isAfter(modified(jar))) {
      progress.accept("Packaging " + jar + " (takes a minute or two)");
      packageJar(jar);
    }
    List<String> stale = IMAGES.stream().filter(this::isStale).map(Own::service).toList();
    if (!stale.isEmpty()) {
      progress.accept("Building the images of " + String.join(" and ", stale));
      Deque<String> end = new ArrayDeque<>();
      CommandOutcome outcome = project.build(stale, line -> keep(line, end));
      outcome.output().forEach(line -> keep(line, end));
      if (!outcome.succeeded()) {
        throw failed("The images of " + String.join(" and ", stale), end);
      }
    }
  }

  private void packageJar(Path jar) {
    List<String> command = new ArrayList<>(List.of("./mvnw", "-B", "-q", "-pl", "job", "-am"));
    command.addAll(List.of("-Dmaven.test.skip=true", "-Dspotless.check.skip=true"));
    command.addAll(List.of("-Denforcer.skip=true", "package"));
    Deque<String> end = new ArrayDeque<>();
    CommandOutcome outcome = runner.run(command, LIMIT, line -> keep(line, end));
    outcome.output().forEach(line -> keep(line, end));
    if (!outcome.succeeded()) {
      throw failed("The job's jar", end);
    }
    try {
      // Maven leaves a jar alone whose sources are younger, but the same
      Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
    } catch (IOException e) {
      throw new StackException("Cannot write " + jar + " (" + e + "); check its owner", e);
    }
  }

  private boolean isStale(Own own) {
    String image =
        file.services().stream()
            .filter(service -> service.name().equals(own.service()))
            .findFirst()
            .orElseThrow()
            .image();
    String created = project.imageCreated(image);
    return created.isEmpty() || newest(own.sources()).isAfter(Instant.parse(created));
  }

  private Instant newest(List<String> paths) {
    return paths.stream()
        .map(tree::resolve)
        .filter(Files::exists)
        .flatMap(OwnImages::files)
        .map(OwnImages::modified)
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  private static Stream<Path> files(Path path) {
    try (Stream<Path> tree = Files.walk(path)) {
      return tree.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant modified(Path path) {
    try {
      return Files.getLastModifiedTime(path).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keep(String line, Deque<String> end) {
    synchronized (end) {
      end.addLast(line);
      if (end.size() > LINES) {
        end.removeFirst();
      }
    }
  }

  private static StackException failed(String what, Deque<String> end) {
    return new StackException(
        what + " cannot be built. The end of the build:\n  " + String.join("\n  ", end));
  }
}
