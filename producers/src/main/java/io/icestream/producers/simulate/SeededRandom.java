/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

/**
 * SplitMix64. The JDK's generators may change their bounded draws between releases; this one stays,
 * so that a seed means the same bytes everywhere. Not thread-safe.
 */
final class SeededRandom {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SeededRandom(long seed) {
    this.state = mix(seed);
  }

  long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A number from 0 to {@code bound - 1}; the bound is at least 1. */
  int below(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** A number from {@code low} to {@code high - 1}; the two are less than 2^31 apart. */
  int between(int low, int high) {
    return low + below(high - low);
  }

  /** True {@code permille} times of 1,000. */
  boolean chance(int permille) {
    return below(1000) < permille;
  }

  String oneOf(String[] choices) {
    return choices[below(choices.length)];
  }

  /** A bijection that scatters neighbouring numbers over all 64 bits. */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
