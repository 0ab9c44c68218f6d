/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import java.util.Arrays;

/**
 * Draws ranks from 0 to size - 1 so that rank r comes up in proportion to 1 / (r + 1)^exponent: few
 * are popular, many are rare.
 */
final class Zipf {

  private static final int SCALE = 1 << 30;

  private final int[] cumulative;

  Zipf(int size, double exponent) {
    double[] sums = new double[size];
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      sum += 1 / StrictMath.pow(rank + 1, exponent);
      sums[rank] = sum;
    }
    cumulative = new int[size];
    for (int rank = 0; rank < size; rank++) {
      cumulative[rank] = (int) (SCALE * (sums[rank] / sum));
    }
    cumulative[size - 1] = SCALE;
  }

  int draw(SeededRandom random) {
    int found = Arrays.binarySearch(cumulative, random.below(SCALE) + 1);
    return found >= 0 ? found : -found - 1;
  }
}
