/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.cli.demo.DemoPipeline;
import io.icestream.cli.demo.DemoProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Shows a demo's progress: one line that changes on a terminal, a line per 5 seconds elsewhere. */
final class DemoText implements DemoProgress {
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final int BAR = 20;

  private final PrintWriter err;
  private final boolean terminal = Terminal.isPresent();
  private Instant next = Instant.MIN;

  DemoText(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void done(String what) {
    err.println((terminal ? "\r\033[K" : "") + what);
    err.flush();
  }

  @Override
  public void moved(Map<DemoPipeline, State> states) {
    if (!terminal && Instant.now().isBefore(next)) {
      return;
    }
    next = Instant.now().plus(QUIET);
    String line =
        states.entrySet().stream()
            .map(entry -> describe(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("   "));
    err.print((terminal ? "\r\033[K" : "") + line + (terminal ? "" : System.lineSeparator()));
    err.flush();
  }

  private static String describe(DemoPipeline pipeline, State state) {
    int filled = (int) (BAR * state.committed() / Math.max(1, state.total()));
    return String.format(
        Locale.ROOT,
        "%s [%s%s] %,d produced, %,d committed, %,d quarantined",
        pipeline.name(),
        "#".repeat(filled),
        ".".repeat(BAR - filled),
        state.produced(),
        state.committed(),
        state.quarantined());
  }
}
