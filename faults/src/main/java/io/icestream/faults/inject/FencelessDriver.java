/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import io.icestream.spark.Main;
import io.icestream.spark.commit.CrashPoint;
import io.icestream.spark.commit.FaultHooks;

/**
 * A driver that commits without asking what the tables have: it loses and repeats rows, which shows
 * that the recount notices.
 */
public final class FencelessDriver {
  private FencelessDriver() {}

  /**
   * Runs a pipeline and ends the process.
   *
   * @param args those of {@link Main}
   */
  public static void main(String[] args) {
    FaultHooks.install(
        new FaultHooks.Observer() {
          @Override
          public void reached(CrashPoint point, String table) {}

          @Override
          public boolean isFenceOff() {
            return true;
          }
        });
    Main.main(args);
  }
}
