/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import java.time.Duration;

/** Durations as pipeline files write them. */
final class DurationText {
  private DurationText() {}

  /** A whole number of the largest unit that needs no fraction: {@code 90s}, {@code 10m}. */
  static String of(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    } else if (seconds % 3600 != 0) {
      return seconds / 60 + "m";
    }
    return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds / 3600 + "h";
  }
}
