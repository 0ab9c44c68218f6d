/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.producers.file.LineRecords;
import io.icestream.producers.kafka.Pace;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.ProductionResult;
import io.icestream.producers.kafka.TopicProducer;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import io.icestream.producers.ledger.ProductionLedger;
import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.simulate.Simulation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends simulated events, or the lines of a file, to a topic. */
@Command(
    name = "produce",
    description = "Send simulated events, or the lines of a file, to a Kafka topic.",
    mixinStandardHelpOptions = true,
    subcommands = {ProduceHttpCommand.class, ProduceApiCommand.class})
final class ProduceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private StackEnvironment environment;

  @Parameters(
      arity = "0..1",
      paramLabel = "SIMULATOR",
      description = "iot, weblogs or clicks; none with --file")
  private Simulator simulator;

  @Option(
      names = "--file",
      paramLabel = "F",
      description = "A file with one record per line, plain or gzip")
  private Path file;

  @Option(
      names = "--topic",
      paramLabel = "T",
      description = "The topic (default: the simulator's own)")
  private String topic;

  @Option(
      names = "--create-topic",
      description = "Create the topic with 4 partitions if it does not exist")
  private boolean createTopic;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many events to simulate (default: ${DEFAULT-VALUE})")
  private long count;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "0",
      description = "Records per second; 0 for as fast as possible (default: ${DEFAULT-VALUE})")
  private long rate;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed and start give the same events (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--bad",
      paramLabel = "PERMILLE",
      defaultValue = "" + Simulation.DEFAULT_BAD_PERMILLE,
      description =
          "Malformed, duplicate, out-of-range and late events of 1000 (default: ${DEFAULT-VALUE})")
  private int badPermille;

  @Option(
      names = "--start",
      paramLabel = "INSTANT",
      description =
          "Time of the first event, such as 2026-01-01T00:00:00Z (default: so that the last is now)")
  private Instant start;

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description =
          "Write a line per record: topic, partition, offset, key, sha256 of the value, class")
  private Path ledger;

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    ProducerSettings settings = ProducerSettings.of(environment.read().bootstrapServers());
    ProductionResult result;
    if (file == null) {
      result = produce(settings, simulated(), err);
    } else {
      requireNoSimulator();
      try (LineRecords lines = LineRecords.open(file)) {
        result = produce(settings, lines, err);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%d records acknowledged on %s, %d failed, in %.1f s%n",
        result.acknowledged(),
        topicName(),
        result.failed(),
        result.elapsed().toMillis() / 1000.0);
    out.flush();
    result.firstFailure().ifPresent(failure -> err.println("first failure: " + failure));
    return result.failed() == 0 ? ExitCodes.OK : ExitCodes.FAILURE;
  }

  private ProductionResult produce(
      ProducerSettings settings, Iterator<OutgoingRecord> records, PrintWriter err) {
    if (createTopic) {
      try (Topics topics = Topics.connect(settings)) {
        topics.createIfAbsent(List.of(new TopicSpec(topicName(), 4)));
      }
    }
    try (ProductionLedger lines =
            ledger == null ? ProductionLedger.none() : ProductionLedger.toFile(ledger);
        TopicProducer producer = TopicProducer.connect(settings)) {
      return producer.produce(
          topicName(),
          records,
          rate == 0 ? Pace.unlimited() : Pace.perSecond(rate),
          lines,
          new ProductionProgress(err));
    }
  }

  private Iterator<OutgoingRecord> simulated() {
    if (simulator == null) {
      throw new ParameterException(
          spec.commandLine(), "Name a simulator (iot, weblogs, clicks) or give --file and --topic");
    }
    try {
      Duration step = rate == 0 ? Simulator.STEP : Duration.ofSeconds(1).dividedBy(rate);
      Instant first = start != null ? start : rate > 0 ? Instant.now() : Simulator.endingNow(count);
      return simulator.events(new Simulation(count, seed, badPermille, first, step));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void requireNoSimulator() {
    if (simulator != null) {
      throw new ParameterException(
          spec.commandLine(), "--file and the simulator " + simulator + " exclude each other");
    }
    if (topic == null) {
      throw new ParameterException(spec.commandLine(), "--file needs --topic");
    }
  }

  private String topicName() {
    return topic == null ? simulator.topic() : topic;
  }
}
