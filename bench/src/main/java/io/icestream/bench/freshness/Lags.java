/* SPDX-License-Identifier: MIT */
package io.icestream.bench.freshness;

import java.util.Arrays;

/** Many durations in milliseconds. Not thread-safe. */
final class Lags {
  private long[] lags = new long[1 << 16];
  private int count;
  private boolean sorted;

  void add(long millis) {
    if (count == lags.length) {
      lags = Arrays.copyOf(lags, 2 * count);
    }
    lags[count++] = millis;
    sorted = false;
  }

  int count() {
    return count;
  }

  /**
   * The least lag that so many of 1,000 do not exceed.
   *
   * @param permille 1 to 1,000
   * @throws IllegalStateException if there are no lags
   */
  long atMost(int permille) {
    if (count == 0) {
      throw new IllegalStateException("There are no lags");
    }
    if (!sorted) {
      Arrays.sort(lags, 0, count);
      sorted = true;
    }
    return lags[(int) Math.max(0, ((long) count * permille + 999) / 1000 - 1)];
  }
}
