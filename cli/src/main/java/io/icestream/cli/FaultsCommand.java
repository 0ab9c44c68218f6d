/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.faults.layer1.Layer1;
import io.icestream.faults.layer2.Layer2;
import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.StackSettings;
import io.icestream.spark.environment.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.fs.FileUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes faults and recounts everything. */
@Command(
    name = "faults",
    description = {
      "Let pipelines crash at every step of their commits, start them again, and recount every",
      "record. On a stack of its own. Exit code 0 only if nothing was lost, repeated or left over."
    },
    mixinStandardHelpOptions = true)
final class FaultsCommand implements Callable<Integer> {

  private static final int DEFAULT_SEEDS = 10;

  /** Whether drivers look at what the tables have before they commit. */
  enum Fence {
    ON,
    OFF
  }

  @Spec private CommandSpec spec;

  @Mixin private HomeOption home;

  @Option(
      names = "--layer",
      paramLabel = "N",
      required = true,
      description = {
        "1: every combination of crash, sinks and restart, in one process",
        "2: processes that are killed, paused and doubled, and servers that fail, by seeds"
      })
  private int layer;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "Only N combinations, chosen by the seed so that they differ as much as they can")
  private Integer sample;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = {
        "Layer 1: seed of the records and of the sample (default: 1)",
        "Layer 2: the first seed; without --seeds, the only one"
      })
  private Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Layer 2: how many schedules (default: 10)")
  private Integer seeds;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "2",
      description = "Layer 2: how many schedules run at once (default: ${DEFAULT-VALUE})")
  private int atOnce;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "150",
      description =
          "Layer 2: how long a driver may take to get on before it is stuck; more where the machine"
              + " has other work (default: ${DEFAULT-VALUE})")
  private int patience;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only the combinations, or the schedules, whose names contain a match")
  private String only;

  @Option(
      names = "--fence",
      paramLabel = "on|off",
      defaultValue = "on",
      description =
          "off: drivers commit without looking, to show that the recount notices"
              + " (default: ${DEFAULT-VALUE})")
  private Fence fence;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() throws IOException {
    return switch (layer) {
      case 1 -> layer1();
      case 2 -> layer2();
      default ->
          throw new ParameterException(
              spec.commandLine(), "--layer has to be 1 or 2, found " + layer);
    };
  }

  private int layer2() throws IOException {
    int count = seeds != null ? seeds : seed != null ? 1 : DEFAULT_SEEDS;
    if (count < 1 || atOnce < 1 || patience < 1) {
      throw new ParameterException(
          spec.commandLine(), "--seeds, --at-once and --patience have to be 1 or more");
    }
    List<Long> chosen =
        Schedules.of(seed == null ? 1 : seed, count, Optional.ofNullable(only).map(this::pattern));
    if (chosen.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "No schedule matches '" + only + "'");
    }
    return new Schedules(home.path().resolve("faults-layer2"), spec.commandLine().getErr())
        .run(new Layer2.Settings(chosen, atOnce, Duration.ofSeconds(patience), fence == Fence.OFF))
        .show(format, spec.commandLine().getOut());
  }

  private int layer1() throws IOException {
    Layer1.Settings settings =
        new Layer1.Settings(
            seed == null ? 1 : seed,
            Optional.ofNullable(only).map(this::pattern),
            sample(),
            fence == Fence.OFF);
    List<String> names = Layer1.names(settings);
    if (names.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "No combination matches '" + only + "'");
    }
    Instant start = Instant.now();
    List<Layer1.Result> results = run(settings, names.size());
    Duration took = Duration.between(start, Instant.now());
    FaultsReport report = new FaultsReport(results, took, settings);
    switch (format) {
      case TEXT -> report.print(spec.commandLine().getOut());
      case JSON -> spec.commandLine().getOut().println(report.json());
    }
    spec.commandLine().getOut().flush();
    return report.passed() ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  private List<Layer1.Result> run(Layer1.Settings settings, int count) throws IOException {
    Path own = home.path().resolve("faults");
    FaultsProgress progress = new FaultsProgress(spec.commandLine().getErr(), count);
    EmbeddedStack.stop(own, line -> {});
    FileUtil.fullyDelete(own.toFile());
    Path lake = Files.createDirectories(own.resolve("layer1"));
    Thread stopOnInterrupt = new Thread(() -> EmbeddedStack.stop(own, line -> {}));
    Runtime.getRuntime().addShutdownHook(stopOnInterrupt);
    try {
      EmbeddedStack.start(new StackSettings(own, Distribution.path(), 0, 0), progress::step);
      Environment stack = Environment.read(EmbeddedStack.environmentFile(own));
      return Layer1.run(settings, lake, stack.kafka(), progress::result);
    } finally {
      Runtime.getRuntime().removeShutdownHook(stopOnInterrupt);
      EmbeddedStack.stop(own, line -> {});
    }
  }

  private OptionalInt sample() {
    if (sample == null) {
      return OptionalInt.empty();
    }
    if (sample < 1) {
      throw new ParameterException(
          spec.commandLine(), "--sample has to be 1 or more, found " + sample);
    }
    return OptionalInt.of(sample);
  }

  private Pattern pattern(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new ParameterException(
          spec.commandLine(), "--only is no regular expression: " + e.getMessage(), e);
    }
  }
}
