/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import io.icestream.cli.process.Command;
import io.icestream.cli.process.Outcome;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.PipelineApp;
import io.icestream.spark.plan.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the pipelines of docs/formats.md until they are drained. Those with a framing are processes
 * that ask a registry, two at a time; all others run in this JVM, since a process for each would
 * take minutes.
 */
final class FormatRuns implements AutoCloseable {
  private static final Pace DRAINED = new Pace(Duration.ZERO, true, Pace.DEFAULT_MAX_OFFSETS);

  private final Stack stack;
  private final Path folder;
  private final SchemaRegistryServer registry;
  private final ExecutorService two = Executors.newFixedThreadPool(2);
  private final Map<String, Future<Outcome>> processes = new TreeMap<>();

  /**
   * @param folder with the schemas; gets the pipelines and environments
   * @param registry what processes ask
   */
  FormatRuns(Stack stack, Path folder, SchemaRegistryServer registry) {
    this.stack = stack;
    this.folder = folder;
    this.registry = registry;
  }

  /** Starts those that are processes. */
  void begin(List<FormatExamples> formats) throws IOException {
    Map<String, Path> environments =
        Map.of(
            "confluent", registry.environment(stack, "confluent", folder),
            "glue", registry.environment(stack, "glue", folder));
    Command command =
        stack.command().with("AWS_ACCESS_KEY_ID", "test").with("AWS_SECRET_ACCESS_KEY", "test");
    for (FormatExamples format : formats) {
      if (format.framing().isPresent()) {
        Path file = pipeline(format);
        Path environment = environments.get(format.framing().get());
        processes.put(
            format.topic(),
            two.submit(
                () -> command.run("run", file, "--environment", environment, "--until-drained")));
      }
    }
  }

  /** Runs a pipeline, or waits for the process that does. */
  void finish(FormatExamples format) throws Exception {
    if (processes.containsKey(format.topic())) {
      processes.get(format.topic()).get().succeeded();
    } else {
      new PipelineApp(PipelineParser.read(pipeline(format)), stack.environment(), DRAINED)
          .start()
          .await();
    }
  }

  /** What the processes have asked the registry. */
  Set<String> asked() {
    return registry.asked();
  }

  private Path pipeline(FormatExamples format) throws IOException {
    return Files.writeString(
        folder.resolve(format.topic() + ".yaml"),
        """
        version: 1
        name: %s
        %ssinks:
          %s: { from: %s, mode: append }
        quarantine: { table: %s_bad }
        """
            .formatted(
                format.topic().replace('_', '-'),
                format.yaml(),
                format.table(),
                format.from(),
                format.table()));
  }

  @Override
  public void close() {
    two.shutdownNow();
    registry.close();
  }
}
