/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.faults.layer1.Layer1;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows a person how far a fault suite is: one line per combination. */
final class FaultsProgress {
  private final PrintWriter err;
  private final int count;
  private int done;

  FaultsProgress(PrintWriter err, int count) {
    this.err = err;
    this.count = count;
  }

  void step(String line) {
    err.println(line);
    err.flush();
  }

  void result(Layer1.Result result) {
    done++;
    err.println(
        String.format(
            Locale.ROOT,
            "%d/%d %s %s (%.1f s)",
            done,
            count,
            result.passed() ? "passed" : "FAILED",
            result.name(),
            result.took().toMillis() / 1000.0));
    err.flush();
  }
}
