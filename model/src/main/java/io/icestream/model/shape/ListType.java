/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A list.
 *
 * @param item what it is a list of
 * @param kind how messages name an item, such as {@code test}; empty: by the list
 * @param distinct whether an item may be there only once
 */
public record ListType<T>(Type<T> item, Optional<String> kind, boolean distinct)
    implements Type<List<Written<T>>> {

  /** A list of anything, in which an item may be there more than once. */
  public static <T> ListType<T> of(Type<T> item) {
    return new ListType<>(item, Optional.empty(), false);
  }

  /** A list whose items are named by a word. */
  public static <T> ListType<T> of(String kind, Type<T> item) {
    return new ListType<>(item, Optional.of(kind), false);
  }

  /** A list in which an item may be there only once. */
  public static <T> ListType<T> distinct(Type<T> item) {
    return new ListType<>(item, Optional.empty(), true);
  }

  @Override
  public Optional<List<Written<T>>> read(Node node, Subject subject, Reading reading) {
    if (!(node instanceof SequenceNode sequence)) {
      reading
          .problems()
          .add(node, subject.value() + " has to be a list, found " + Reading.found(node) + ".");
      return Optional.empty();
    }
    List<Written<T>> items = new ArrayList<>();
    Subject each = kind.map(Subject::named).orElse(subject);
    for (Node n : sequence.getValue()) {
      item.read(n, each, reading)
          .ifPresent(
              value -> items.add(new Written<>(value, Problems.location(n), Values.shown(n))));
    }
    if (distinct) {
      reportTwins(items, subject, reading);
    }
    return Optional.of(items);
  }

  private void reportTwins(List<Written<T>> items, Subject subject, Reading reading) {
    Map<T, Location> seen = new HashMap<>();
    for (Written<T> written : items) {
      if (seen.putIfAbsent(written.value(), written.location()) != null) {
        reading
            .problems()
            .add(
                written.location(),
                written.shown() + " stands twice in " + subject.value() + ". Remove one.");
      }
    }
  }

  @Override
  public Map<String, Object> schema() {
    Map<String, Object> schema = Json.object("type", "array", "items", item.schema());
    if (distinct) {
      schema.put("uniqueItems", true);
    }
    return schema;
  }

  @Override
  public String label() {
    return "list of " + plural(item.label());
  }

  private static String plural(String label) {
    return label.endsWith("s") || label.endsWith("`") ? label : label + "s";
  }
}
