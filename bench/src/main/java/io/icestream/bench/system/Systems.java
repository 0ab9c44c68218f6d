/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All systems that can be measured. */
public final class Systems {
  private Systems() {}

  /** Those that need no other classes than Icestream's own, unless the workload is Avro. */
  public static List<MeasuredSystem> own(RivalLibraries libraries) {
    return List.of(
        new Icestream(),
        new PlainSpark(false, libraries),
        new PlainSpark(true, libraries),
        new RawPoll(),
        new ReadyRows());
  }

  /** In the order of reports; the first is the one that others are compared with. */
  public static List<MeasuredSystem> all(RivalLibraries libraries) {
    List<MeasuredSystem> all = new ArrayList<>(own(libraries));
    all.add(new Flink(libraries));
    all.add(new Connect(libraries));
    return all;
  }

  /**
   * Icestream as it runs until it is told to stop.
   *
   * @param trigger shortest time between two batches
   * @return the command line
   */
  public static List<String> continuous(Drain drain, Duration trigger) {
    return Icestream.command(drain, List.of("--trigger", trigger.toMillis() + "ms"));
  }
}
