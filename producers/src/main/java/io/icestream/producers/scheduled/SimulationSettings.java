/* SPDX-License-Identifier: MIT */
package io.icestream.producers.scheduled;

import io.icestream.producers.ProducerException;
import io.icestream.producers.function.Variables;
import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.simulate.Clicks;
import io.icestream.producers.simulate.Fleet;
import io.icestream.producers.simulate.IotSensors;
import io.icestream.producers.simulate.Simulation;
import io.icestream.producers.simulate.WebLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/**
 * What one call of a simulator makes.
 *
 * @param simulator iot, weblogs or clicks
 * @param topic takes the events
 * @param count of events per call
 * @param badPermille how many of 1000 are not good, on average
 */
record SimulationSettings(String simulator, String topic, int count, int badPermille) {

  /** Events of a call are spread over the minute before it. */
  private static final Duration SPAN = Duration.ofMinutes(1);

  static SimulationSettings of(Variables variables) {
    return new SimulationSettings(
        variables.require("ICESTREAM_SIMULATOR"),
        variables.require("ICESTREAM_TOPIC"),
        variables.number("ICESTREAM_COUNT", 1_000),
        variables.get("ICESTREAM_BAD_PERMILLE").map(text -> permille(text)).orElse(20));
  }

  /**
   * The events of the minute before a time: the same for the same time, so that a call that is
   * repeated sends duplicates and not other events.
   */
  Iterator<OutgoingRecord> events(Instant time) {
    Simulation simulation =
        new Simulation(
            count, time.getEpochSecond(), badPermille, time.minus(SPAN), SPAN.dividedBy(count));
    return switch (simulator) {
      case "iot" -> new IotSensors(simulation, Fleet.ofDefaultSize());
      case "weblogs" -> new WebLogs(simulation);
      case "clicks" -> new Clicks(simulation);
      default ->
          throw new ProducerException(
              "Environment variable ICESTREAM_SIMULATOR is '"
                  + simulator
                  + "': give iot, weblogs or clicks.");
    };
  }

  private static int permille(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw new ProducerException(
          "Environment variable ICESTREAM_BAD_PERMILLE is '" + text + "': give 0 to 1000.");
    }
    return Integer.parseInt(text);
  }
}
