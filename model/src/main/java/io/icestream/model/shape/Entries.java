/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * A mapping of names that the user gave, in the order of the file.
 *
 * @param all each name once, whether its value could be read or not
 */
public record Entries<T>(List<Entry<T>> all) {
  public Entries {
    all = List.copyOf(all);
  }

  /**
   * @param name the name
   * @param location where the name stands
   * @param value the value; empty if it is wrong
   */
  public record Entry<T>(String name, Location location, Optional<Written<T>> value) {}

  /** The names. */
  public List<String> names() {
    return all.stream().map(Entry::name).toList();
  }

  /** Visits the entries that could be read. */
  public void forEach(BiConsumer<Entry<T>, T> visit) {
    all.forEach(entry -> entry.value().ifPresent(v -> visit.accept(entry, v.value())));
  }

  /** The entries that could be read, each made into something. */
  public <V> Map<String, V> map(BiFunction<String, T, V> make) {
    Map<String, V> map = new LinkedHashMap<>();
    forEach((entry, value) -> map.put(entry.name(), make.apply(entry.name(), value)));
    return map;
  }
}
