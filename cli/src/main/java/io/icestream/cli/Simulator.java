/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.simulate.Clicks;
import io.icestream.producers.simulate.Fleet;
import io.icestream.producers.simulate.IotSensors;
import io.icestream.producers.simulate.Simulation;
import io.icestream.producers.simulate.WebLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/** The simulators by the name that the command line uses, each with its topic. */
enum Simulator {
  IOT("iot.readings"),
  WEBLOGS("weblogs"),
  CLICKS("clicks");

  /** Time between two events that are not paced: 200,000 of them span an hour. */
  static final Duration STEP = Duration.ofMillis(18);

  private final String topic;

  Simulator(String topic) {
    this.topic = topic;
  }

  String topic() {
    return topic;
  }

  Iterator<OutgoingRecord> events(Simulation simulation) {
    return switch (this) {
      case IOT -> new IotSensors(simulation, Fleet.ofDefaultSize());
      case WEBLOGS -> new WebLogs(simulation);
      case CLICKS -> new Clicks(simulation);
    };
  }

  /** When the first of so many events happens, if the last is to happen now. */
  static Instant endingNow(long count) {
    return Instant.now().minus(STEP.multipliedBy(count));
  }
}
