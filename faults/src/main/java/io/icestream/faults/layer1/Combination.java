/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.inject.Event;
import io.icestream.faults.inject.FaultPoint;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing to be shown: that the pipeline survives this fault.
 *
 * @param event what happens
 * @param point when, in the middle one of three batches
 * @param target to which table
 * @param mode how the sinks take rows
 * @param sinks how many sinks there are
 * @param restart what happens before the next start
 */
record Combination(
    Event event, FaultPoint point, Target target, SinkMode mode, int sinks, Restart restart) {
  static final int MOST_SINKS = 3;

  /** All there are, in a fixed order. */
  static List<Combination> all() {
    List<Combination> all = new ArrayList<>();
    for (SinkMode mode : SinkMode.all()) {
      for (int sinks = 1; sinks <= MOST_SINKS; sinks++) {
        for (Event event : Event.values()) {
          for (FaultPoint point : event.points()) {
            for (Target target : targets(point, sinks)) {
              for (Restart restart : Restart.values()) {
                all.add(new Combination(event, point, target, mode, sinks, restart));
              }
            }
          }
        }
      }
    }
    return List.copyOf(all);
  }

  /** The name, by which it is chosen: {@code append-2/crash/after-files-last/plain}. */
  String name() {
    String where = target == Target.BATCH ? "" : "-" + target.label();
    return String.join(
        "/", mode.label() + "-" + sinks, event.label(), point.label() + where, restart.label());
  }

  /**
   * To how many sinks a batch is written at the same time. Two go one after the other, three go
   * together; a driver that hangs as a whole has no thread that goes on.
   */
  int sinksAtOnce() {
    return event == Event.SECOND_DRIVER || sinks < MOST_SINKS ? 1 : sinks;
  }

  /** The quarantine table is written the same way whatever the sinks are. */
  private static List<Target> targets(FaultPoint point, int sinks) {
    if (!point.isOfTable()) {
      return List.of(Target.BATCH);
    }
    return sinks == 1
        ? List.of(Target.QUARANTINE, Target.FIRST)
        : List.of(Target.FIRST, Target.LAST);
  }
}
