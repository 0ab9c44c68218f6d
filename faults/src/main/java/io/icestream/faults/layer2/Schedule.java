/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What happens to a pipeline, and when: a function of the seed.
 *
 * @param seed the seed
 * @param events one after the other
 */
record Schedule(long seed, List<Event> events) {
  private static final int MOST_EVENTS = 2;
  private static final int LONGEST_CALM_MILLIS = 2_500;

  /**
   * A disturbance.
   *
   * @param calm how long the pipeline is left alone before
   * @param what happens
   */
  record Event(Duration calm, Disturbance what) {}

  Schedule {
    events = List.copyOf(events);
  }

  static Schedule of(long seed) {
    // Seeds that follow each other begin with different disturbances, so that few seeds have all
    Random random = new Random(seed * 7_919);
    Disturbance[] all = Disturbance.values();
    List<Event> events = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_EVENTS);
    for (int i = 0; i < count; i++) {
      Disturbance what =
          i == 0 ? all[Math.floorMod(seed, all.length)] : all[random.nextInt(all.length)];
      events.add(new Event(Duration.ofMillis(random.nextInt(LONGEST_CALM_MILLIS)), what));
    }
    return new Schedule(seed, events);
  }

  /** The schedule as people read it: {@code seed 7: driver_killed after 812 ms}. */
  String describe() {
    return events.stream()
        .map(event -> event.what().label() + " after " + event.calm().toMillis() + " ms")
        .collect(Collectors.joining(", ", "seed " + seed + ": ", ""));
  }
}
