/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.faults.layer2.Layer2;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Runs the second layer of the fault suite, and shows how far it is: one line per schedule. */
final class Schedules {
  private final Path folder;
  private final PrintWriter err;
  private int done;

  /**
   * @param folder for everything that is written; emptied first
   * @param err for people
   */
  Schedules(Path folder, PrintWriter err) {
    this.folder = folder;
    this.err = err;
  }

  /**
   * The seeds to run.
   *
   * @param first the first of them
   * @param count how many are looked at
   * @param only what their schedules have to contain; empty: anything
   */
  static List<Long> of(long first, int count, Optional<Pattern> only) {
    return LongStream.range(first, first + count)
        .filter(seed -> only.map(p -> p.matcher(Layer2.describe(seed)).find()).orElse(true))
        .boxed()
        .toList();
  }

  /** Runs them all. */
  SchedulesReport run(Layer2.Settings settings) {
    Layer2.clean(folder);
    // Ctrl-C ends neither servers, which ignore it, nor drivers that are paused
    Thread endAll =
        new Thread(
            () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly));
    Runtime.getRuntime().addShutdownHook(endAll);
    Instant start = Instant.now();
    try {
      List<Layer2.Result> results =
          Layer2.run(
              settings,
              folder,
              Distribution.path(),
              result -> show(result, settings.seeds().size()));
      return new SchedulesReport(
          results, Duration.between(start, Instant.now()), settings.fenceOff());
    } finally {
      Runtime.getRuntime().removeShutdownHook(endAll);
    }
  }

  private void show(Layer2.Result result, int count) {
    done++;
    err.println(
        String.format(
            Locale.ROOT,
            "%d/%d %s %s (%.0f s)",
            done,
            count,
            result.passed() ? "passed" : "FAILED",
            result.schedule(),
            result.took().toMillis() / 1000.0));
    result.violations().forEach(violation -> err.println("  " + violation));
    err.flush();
  }
}
