/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What a mapping of the file says, with its places. */
public final class Values {
  private final Shape shape;
  private final Location location;
  private final Map<String, NodeTuple> written = new LinkedHashMap<>();
  private final Map<String, Object> read = new LinkedHashMap<>();

  Values(Shape shape, Location location) {
    this.shape = shape;
    this.location = location;
  }

  void add(String name, NodeTuple tuple) {
    written.put(name, tuple);
  }

  void put(String name, Object value) {
    read.put(name, value);
  }

  boolean isThere(String name) {
    return written.containsKey(name);
  }

  Optional<Node> node(String name) {
    return Optional.ofNullable(written.get(name)).map(NodeTuple::getValueNode);
  }

  /** Whether the mapping has this shape, for one of several. */
  public boolean is(Shape other) {
    return shape == other;
  }

  /** Whether a key is there, readable or not. */
  public boolean has(Key<?> key) {
    return isThere(key.name());
  }

  /**
   * The value of a key, or its default if it is not there. Empty if it is not there and has no
   * default, and if it is wrong.
   */
  @SuppressWarnings("unchecked") // put by the key's own type
  public <T> Optional<T> find(Key<T> key) {
    return has(key) ? Optional.ofNullable((T) read.get(key.name())) : key.fallback();
  }

  /**
   * The value of a key that is required or has a default, in a file without problems.
   *
   * @throws IllegalStateException if there is none
   */
  public <T> T get(Key<T> key) {
    return find(key).orElseThrow(() -> new IllegalStateException("No value of " + key.name()));
  }

  /** Where the mapping starts. */
  public Location location() {
    return location;
  }

  /** Where the value of a key starts; the mapping's own place if the key is not there. */
  public Location location(Key<?> key) {
    return node(key.name()).map(Problems::location).orElse(location);
  }

  /** Where a key stands; the mapping's own place if it is not there. */
  public Location keyLocation(Key<?> key) {
    return has(key) ? Problems.location(written.get(key.name()).getKeyNode()) : location;
  }

  /** The value of a key as messages may show it. */
  public String shown(Key<?> key) {
    return node(key.name()).map(Values::shown).orElse("nothing");
  }

  /** Whether the value of a key has variables, so that messages may not show it. */
  public boolean isSubstituted(Key<?> key) {
    return node(key.name()).map(Values::hasVariables).orElse(false);
  }

  private static boolean hasVariables(Node node) {
    return node instanceof ScalarNode scalar && scalar.getValue().contains("${");
  }

  static String shown(Node node) {
    return hasVariables(node)
        ? Substitution.shown(((ScalarNode) node).getValue())
        : Reading.found(node);
  }
}
