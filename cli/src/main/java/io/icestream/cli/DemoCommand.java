/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.cli.demo.Demo;
import io.icestream.cli.demo.DemoPipeline;
import io.icestream.cli.demo.DemoResult;
import io.icestream.localstack.EmbeddedStack;
import io.icestream.localstack.StackSettings;
import io.icestream.producers.kafka.Pace;
import io.icestream.producers.simulate.Simulation;
import io.icestream.spark.environment.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.FileUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the whole product working, on a stack of its own. */
@Command(
    name = "demo",
    description = {
      "Start a stack of its own, produce events, run both example pipelines until every event is",
      "committed, and account for each one. Exit code 0 only if nothing is lost or duplicated."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private static final int BAD_PERMILLE = 20;
  private static final int SECONDS_OF_PRODUCTION = 20;

  @Spec private CommandSpec spec;

  @Mixin private HomeOption home;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Events to produce, three of five to IoT (default: ${DEFAULT-VALUE})")
  private long rows;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of the events (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--keep", description = "Keep the stack running, to query the tables")
  private boolean keep;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json (default: ${DEFAULT-VALUE})")
  private StatusCommand.Format format;

  @Override
  public Integer call() throws Exception {
    if (rows < 10) {
      throw new ParameterException(
          spec.commandLine(), "--rows has to be 10 or more, found " + rows);
    }
    Instant started = Instant.now();
    Path own = home.path().resolve("demo");
    DemoText text = new DemoText(spec.commandLine().getErr());
    clear(own, text);
    Thread stopOnInterrupt = new Thread(() -> stopEverything(own));
    Runtime.getRuntime().addShutdownHook(stopOnInterrupt);
    boolean kept = false;
    try {
      EmbeddedStack.start(new StackSettings(own, Distribution.path(), 0, 0), text::done);
      ExampleData.provide(Environment.read(EmbeddedStack.environmentFile(own)), text::done);
      Demo demo = new Demo(own, EmbeddedStack.environmentFile(own), Distribution.examples(), text);
      DemoResult result = demo.run(loads(), started);
      print(result);
      kept = keep;
      return result.balanced() ? ExitCodes.OK : ExitCodes.FAILURE;
    } finally {
      Runtime.getRuntime().removeShutdownHook(stopOnInterrupt);
      if (!kept) {
        EmbeddedStack.stop(own, line -> {});
      }
    }
  }

  /** What a signal leaves running otherwise: the pipelines and the servers. */
  private static void stopEverything(Path own) {
    ProcessHandle.current().children().forEach(ProcessHandle::destroy);
    EmbeddedStack.stop(own, line -> {});
  }

  /** The demo always starts from nothing, so that what it counts is its own. */
  private static void clear(Path own, DemoText text) throws IOException {
    EmbeddedStack.stop(own, line -> {});
    if (Files.exists(own)) {
      text.done("Removing the state of the last demo in " + own);
      FileUtil.fullyDelete(own.toFile());
    }
    Files.createDirectories(own.resolve("ledger"));
  }

  private Map<DemoPipeline, Demo.Load> loads() {
    Map<DemoPipeline, Demo.Load> loads = new LinkedHashMap<>();
    long readings = rows * 3 / 5;
    loads.put(DemoPipeline.IOT, load(Simulator.IOT, readings));
    loads.put(DemoPipeline.WEB, load(Simulator.WEBLOGS, rows - readings));
    return loads;
  }

  /** Spread over some seconds, so that the pipelines are seen at work. */
  private Demo.Load load(Simulator simulator, long count) {
    Duration step = Duration.ofHours(1).dividedBy(count);
    Simulation simulation =
        new Simulation(count, seed, BAD_PERMILLE, Instant.now().minus(Duration.ofHours(1)), step);
    Pace pace = Pace.perSecond(Math.max(1, count / SECONDS_OF_PRODUCTION));
    return new Demo.Load(count, simulator.events(simulation), pace);
  }

  private void print(DemoResult result) {
    PrintWriter out = spec.commandLine().getOut();
    switch (format) {
      case TEXT -> DemoReport.print(result, keep, out);
      case JSON -> out.println(DemoJson.of(result));
    }
    out.flush();
  }
}
