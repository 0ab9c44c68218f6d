/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.producers.kafka.ProgressListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Prints how far a production is: one changing line on a terminal, a line per 5 seconds elsewhere.
 */
final class ProductionProgress implements ProgressListener {
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final PrintWriter err;
  private final boolean terminal = Terminal.isPresent();
  private Duration next = terminal ? Duration.ZERO : QUIET;

  ProductionProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void progressed(long acknowledged, long failed, Duration elapsed) {
    if (elapsed.compareTo(next) < 0) {
      return;
    }
    next = elapsed.plus(terminal ? Duration.ofMillis(200) : QUIET);
    double perSecond = acknowledged / Math.max(0.001, elapsed.toMillis() / 1000.0);
    err.printf(
        Locale.ROOT,
        (terminal ? "\r\033[K" : "")
            + "%d acknowledged, %d failed, %.0f/s"
            + (terminal ? "" : "%n"),
        acknowledged,
        failed,
        perSecond);
    err.flush();
  }
}
