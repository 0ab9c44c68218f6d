/* SPDX-License-Identifier: MIT */
package io.icestream.producers.metric;

import io.icestream.producers.deadletter.DeadLetters;
import io.icestream.producers.function.Variables;
import io.icestream.producers.kafka.RecordSink;
import io.icestream.producers.kafka.SendOutcome;
import io.icestream.producers.kafka.SendOutcome.Acknowledged;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a function did since it was last told. Thread-safe, but for calls while it is told.
 *
 * <ul>
 *   <li>{@code icestream.producer.records.sent}: records that Kafka has acknowledged
 *   <li>{@code icestream.producer.records.failed}: records that it has not
 *   <li>{@code icestream.producer.dead.letters}: what was kept since it cannot be sent
 *   <li>{@code icestream.producer.batch.records}: how many records were sent and awaited together
 *   <li>{@code icestream.producer.send.seconds}: how long that took
 * </ul>
 *
 * <p>The catalogue of metrics in {@code model} has the same names, which this module does not know;
 * {@code FunctionsIT} compares them.
 */
public final class ProducerMeters {

  private static final String PREFIX = "icestream.producer.";
  private static final String CHOICE = "ICESTREAM_METRICS";

  private final MeterRegistry meters = new ValueRegistry();
  private final Consumer<MeterRegistry> told;

  private ProducerMeters(Consumer<MeterRegistry> told) {
    this.told = told;
  }

  /**
   * Meters of a function, told as {@code ICESTREAM_METRICS} says: {@code emf} for lines of the log,
   * {@code none} (the default) for nothing.
   *
   * @param log takes a line
   * @throws io.icestream.producers.ProducerException if the variable is anything else
   */
  static ProducerMeters of(Variables variables, Consumer<String> log) {
    if (!variables.choice(CHOICE, List.of("none", "emf")).equals("emf")) {
      return new ProducerMeters(meters -> {});
    }
    EmfLine line = new EmfLine(variables.get("AWS_LAMBDA_FUNCTION_NAME").orElse("local"));
    return new ProducerMeters(meters -> line.of(meters).forEach(log));
  }

  /** Told to the standard output, which Lambda writes to the log line by line. */
  public static ProducerMeters of(Variables variables) {
    return of(variables, System.out::println);
  }

  /** The same sink, measured. */
  public RecordSink measuring(RecordSink sink) {
    return records -> {
      long from = System.nanoTime();
      List<SendOutcome> outcomes = sink.send(records);
      long sent = outcomes.stream().filter(Acknowledged.class::isInstance).count();
      batch(sent, outcomes.size() - sent, Duration.ofNanos(System.nanoTime() - from));
      return outcomes;
    };
  }

  /** The same queue, whose letters are counted. */
  public DeadLetters counting(DeadLetters queue) {
    return letters -> {
      queue.keep(letters);
      meters.counter(PREFIX + "dead.letters").increment(letters.size());
    };
  }

  /**
   * Records that were awaited together.
   *
   * @param took from the first to the last answer
   */
  public void batch(long sent, long failed, Duration took) {
    meters.counter(PREFIX + "records.sent").increment((double) sent);
    meters.counter(PREFIX + "records.failed").increment((double) failed);
    // Without it a queue that has got nothing looks like one that nobody tells of
    meters.counter(PREFIX + "dead.letters").increment(0);
    meters.summary(PREFIX + "batch.records").record((double) (sent + failed));
    DistributionSummary.builder(PREFIX + "send.seconds")
        .baseUnit(ValueRegistry.SECONDS)
        .register(meters)
        .record(took.toNanos() / 1e9);
  }

  /** Tells what was measured and forgets it; before the function answers. */
  public void tell() {
    told.accept(meters);
    meters.clear();
  }
}
