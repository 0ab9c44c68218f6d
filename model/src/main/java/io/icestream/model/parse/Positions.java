/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.Location;
import io.icestream.model.shape.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Where each key and each value of a file stands, by path: the keys from the top, and the index of
 * an item in a list, such as {@code "sinks", "iot.readings", "key", "0"}.
 */
public final class Positions {
  private final Map<List<String>, Location> values = new HashMap<>();
  private final Map<List<String>, Location> keys = new HashMap<>();

  private Positions() {}

  static Positions of(Node root) {
    Positions positions = new Positions();
    positions.add(List.of(), root);
    return positions;
  }

  /** Where a value starts; if there is none at the path, the nearest one above. */
  public Location value(String... path) {
    return nearest(values, List.of(path));
  }

  /** Where the last key of a path stands; if it is not there, the nearest value above. */
  public Location key(String... path) {
    Location key = keys.get(List.of(path));
    return key == null ? value(path) : key;
  }

  private static Location nearest(Map<List<String>, Location> places, List<String> path) {
    Location place = places.get(path);
    if (place != null) {
      return place;
    }
    return path.isEmpty() ? Location.START : nearest(places, path.subList(0, path.size() - 1));
  }

  private void add(List<String> path, Node node) {
    values.put(path, Problems.location(node));
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode name) {
          List<String> below = below(path, name.getValue());
          keys.put(below, Problems.location(name));
          add(below, tuple.getValueNode());
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        add(below(path, String.valueOf(i)), sequence.getValue().get(i));
      }
    }
  }

  private static List<String> below(List<String> path, String name) {
    return Stream.concat(path.stream(), Stream.of(name)).toList();
  }
}
