/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A simulator with all its records, for tests that look at them from several sides. */
record Drawn(Simulation simulation, List<OutgoingRecord> records) {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration STEP = Duration.ofSeconds(1);
  static final int COUNT = 50_000;

  static Drawn from(int badPermille, Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    return from(new Simulation(COUNT, 42, badPermille, START, STEP), simulator);
  }

  static Drawn from(
      Simulation simulation, Function<Simulation, Iterator<OutgoingRecord>> simulator) {
    List<OutgoingRecord> records = new ArrayList<>();
    simulator.apply(simulation).forEachRemaining(records::add);
    return new Drawn(simulation, records);
  }

  Stream<String> texts(RecordClass recordClass) {
    return records.stream().filter(r -> r.recordClass() == recordClass).map(Drawn::text);
  }

  static String text(OutgoingRecord record) {
    return new String(record.value(), ISO_8859_1);
  }

  Instant nominal(int index) {
    return START.plus(STEP.multipliedBy(index));
  }
}
