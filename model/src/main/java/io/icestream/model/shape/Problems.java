/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import io.icestream.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong, so that all of it is reported in one go. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /** Adds a problem at a place. */
  public void add(Location location, String message) {
    found.add(new Problem(location, message));
  }

  void add(Node node, String message) {
    add(location(node), message);
  }

  /** Whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** What was found, in the order of the file. */
  public List<Problem> inFileOrder() {
    return found.stream()
        .sorted(
            Comparator.comparingInt((Problem p) -> p.location().line())
                .thenComparingInt(p -> p.location().column()))
        .toList();
  }

  /** Where a node starts. */
  public static Location location(Node node) {
    return node.getStartMark().map(Problems::location).orElse(Location.START);
  }

  /** The place of a mark. */
  public static Location location(Mark mark) {
    return new Location(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
