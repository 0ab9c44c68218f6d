/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A few combinations that stand for all: first as many as it takes until each fault has occurred
 * with each of its targets, and each mode with each kind of fault, each kind of restart and each
 * number of sinks; then any.
 */
final class Sample {
  private Sample() {}

  /**
   * Chooses greedily, the one that shows the most that is not shown yet; ties by the seed.
   *
   * @param most how many are chosen at most
   */
  static List<Combination> of(List<Combination> all, long seed, int most) {
    List<Combination> left = new ArrayList<>(all);
    Collections.shuffle(left, new Random(seed));
    Set<Object> open = new HashSet<>();
    left.forEach(c -> open.addAll(shows(c)));
    List<Combination> chosen = new ArrayList<>();
    while (chosen.size() < most && !left.isEmpty()) {
      Combination best =
          Collections.max(left, Comparator.comparingLong(c -> count(shows(c), open)));
      open.removeAll(shows(best));
      left.remove(best);
      chosen.add(best);
    }
    return chosen;
  }

  private static long count(List<Object> shown, Set<Object> open) {
    return shown.stream().filter(open::contains).count();
  }

  private static List<Object> shows(Combination c) {
    return List.of(
        List.of(c.event(), c.point(), c.target()),
        List.of(c.event(), c.mode()),
        List.of(c.mode(), c.restart()),
        List.of(c.mode(), c.sinks()));
  }
}
