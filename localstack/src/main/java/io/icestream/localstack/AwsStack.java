/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The AWS-shaped system on this machine: the compose project where a container engine answers,
 * elsewhere Kafka and LocalStack as processes. Its state is in the folder {@code localstack} of the
 * home directory.
 */
public final class AwsStack {

  private static final Duration LIMIT = Duration.ofMinutes(8);

  private final Site site;
  private final StackHome home;

  /**
   * Where a stack is.
   *
   * @param home the directory of all state
   * @param tree the source tree, which has the compose file, hooks, and what images are made of
   * @param distribution the directory that holds {@code lib/kafka}
   */
  public record Site(Path home, Path tree, Path distribution) {

    Path folder() {
      return tree.resolve("localstack");
    }
  }

  /**
   * What is wanted.
   *
   * @param profiles the parts of the compose project beside its core
   * @param processes whether processes are wanted even where a container engine answers
   * @param kafkaPort of Kafka, if it is a process; 0 picks a free one
   * @param localStackPort of LocalStack, if it is a process; 0 picks a free one
   */
  public record Wish(
      Set<ComposeProfile> profiles, boolean processes, int kafkaPort, int localStackPort) {

    /** Copies the set. */
    public Wish {
      profiles = Set.copyOf(profiles);
    }
  }

  /** A stack that need not be there. */
  public AwsStack(Site site) {
    this.site = site;
    this.home = homeIn(site.home());
  }

  /**
   * The file that tells where the stack is, whichever way it was started. It stays when the stack
   * ends; it is absent until it has first been started.
   */
  public static Path environmentFile(Path home) {
    return homeIn(home).environment();
  }

  /**
   * Starts what does not run yet, returns when everything serves, and writes {@link
   * #environmentFile}.
   *
   * @param progress is given one sentence per step, for people
   * @return the stack, with everything running
   * @throws StackException if there is neither an engine nor a Python, an image or port cannot be
   *     had, or something does not serve in time
   */
  public StackStatus start(Wish wish, Consumer<String> progress) {
    home.create();
    StackLock.with(home, () -> startLocked(wish, progress));
    return status();
  }

  /**
   * Ends what {@link #start} started, whichever way. Topics, tables and logs stay.
   *
   * @throws StackException if it cannot be ended
   */
  public void stop(Consumer<String> progress) {
    if (!Files.isDirectory(home.run())) {
      progress.accept("Nothing was started in " + home.root());
      return;
    }
    StackLock.with(home, () -> stopLocked(progress));
  }

  /** How everything is that was started; what was never started is stopped. */
  public StackStatus status() {
    Optional<ComposeProject> project = started();
    return project.isEmpty()
        ? StackStatus.of(home, StackServers.LOCALSTACK)
        : new StackStatus(
            home.root(),
            project.get().containers().stream()
                .filter(container -> !container.isDone())
                .map(Container::status)
                .toList());
  }

  private void startLocked(Wish wish, Consumer<String> progress) {
    boolean processesRun =
        StackStatus.of(home, StackServers.LOCALSTACK).servers().stream()
            .anyMatch(server -> server.state() == ServerStatus.State.RUNNING);
    ProcessRunner runner = runner();
    LocalStackInstall install =
        new LocalStackInstall(home, site.folder(), runner, LocalStackInstall.named());
    StackChoice choice =
        StackChoice.of(
            wish.processes() || processesRun,
            () -> ContainerEngine.find(runner, ContainerEngine.SOCKET),
            install::python);
    if (choice instanceof StackChoice.Containers containers) {
      startContainers(containers, wish, progress);
    } else {
      startProcesses(install, (StackChoice.Processes) choice, wish, progress);
    }
  }

  private void startContainers(
      StackChoice.Containers choice, Wish wish, Consumer<String> progress) {
    ComposeFile file = ComposeFile.read(site.folder().resolve("docker-compose.yml"));
    ComposeSettings settings = ComposeSettings.read(site.folder().resolve(".env"), System.getenv());
    ComposeProject project =
        new ComposeProject(runner(), choice.compose(), file.path(), settings.project());
    new OwnImages(site.tree(), file, project, runner()).provide(progress);
    PropertiesText.write(composeFile(), written(choice.compose(), settings.project()));
    new ComposeStart(project, file, settings, LIMIT, progress).run(wish.profiles());
    PropertiesText.write(
        home.environment(),
        EnvironmentFile.ofContainers(
            home,
            settings.port("ICESTREAM_KAFKA_PORT"),
            settings.port("ICESTREAM_LOCALSTACK_PORT"),
            settings.port("ICESTREAM_CATALOG_PORT")));
    tellOfTheJob(settings);
  }

  /** The file that a pipeline of this machine would leave: its container cannot. */
  private void tellOfTheJob(ComposeSettings settings) {
    Path file = home.metrics().resolve(settings.variables().get("ICESTREAM_PIPELINE") + ".json");
    String address = Loopback.HOST + ":" + settings.port("ICESTREAM_JOB_PORT");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "[{\"targets\": [\"" + address + "\"]}]\n");
    } catch (IOException e) {
      throw new StackException("Cannot write " + file + " (" + e + "); check its owner", e);
    }
  }

  private void startProcesses(
      LocalStackInstall install,
      StackChoice.Processes choice,
      Wish wish,
      Consumer<String> progress) {
    if (!wish.profiles().isEmpty()) {
      throw new StackException(
          "Parts "
              + EnumSet.copyOf(wish.profiles()).stream().map(ComposeProfile::key).toList()
              + " are containers, and the stack is made of processes here: "
              + choice.why()
              + "; leave out --with");
    }
    progress.accept(choice.why());
    install.provide(choice.python(), progress);
    StackSettings settings =
        new StackSettings(
            home.root(),
            site.distribution(),
            StackServers.LOCALSTACK,
            wish.kafkaPort(),
            wish.localStackPort());
    new StackStart(home, settings, progress).run();
  }

  private void stopLocked(Consumer<String> progress) {
    Optional<ComposeProject> project = started();
    if (project.isEmpty()) {
      new StackEnd(home, progress).run(StackServers.LOCALSTACK.kinds());
      return;
    }
    if (!project.get().down(progress)) {
      throw new StackException(
          "The compose project of " + composeFile() + " cannot be ended; see what is said above");
    }
    PidFile.delete(composeFile());
    progress.accept("The containers are removed; their volumes stay");
  }

  /** The compose project that was started and not ended. */
  private Optional<ComposeProject> started() {
    Properties properties = PropertiesText.read(composeFile());
    if (properties.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ComposeProject(
            runner(),
            List.of(properties.getProperty("compose").split(" ")),
            Path.of(properties.getProperty("file")),
            properties.getProperty("project")));
  }

  private Map<String, String> written(List<String> compose, String project) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("compose", String.join(" ", compose));
    entries.put("file", site.folder().resolve("docker-compose.yml").toString());
    entries.put("project", project);
    return entries;
  }

  private ProcessRunner runner() {
    return new ProcessRunner(site.tree(), Map.of("JAVA_HOME", System.getProperty("java.home")));
  }

  private Path composeFile() {
    return home.run().resolve("compose.properties");
  }

  private static StackHome homeIn(Path home) {
    return new StackHome(home.resolve("localstack"));
  }
}
