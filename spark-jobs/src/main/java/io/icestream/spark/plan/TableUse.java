/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.model.SinkDefinition;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the rows of a table mean to the pipeline that writes it. Rows that were written with another
 * meaning do not go on with new ones: a sum of one column does not become that of another.
 *
 * @param traits what the meaning is made of, as the pipeline file says it, by name
 */
public record TableUse(SortedMap<String, String> traits) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public TableUse {
    traits = Collections.unmodifiableSortedMap(new TreeMap<>(traits));
  }

  /**
   * The use that a sink makes of its table.
   *
   * @param sink the sink
   * @param columns what each column of its step is computed by, by name; empty if the step does not
   *     group rows
   */
  public static TableUse of(SinkDefinition sink, Map<String, String> columns) {
    SortedMap<String, String> traits = new TreeMap<>();
    traits.put("mode", word(sink.mode()));
    if (!sink.key().isEmpty()) {
      traits.put("key", String.join(", ", new TreeSet<>(sink.key())));
    }
    if (!sink.orderBy().isEmpty()) {
      traits.put("order_by", String.join(", ", sink.orderBy()));
    }
    sink.changes()
        .ifPresent(
            changes -> {
              traits.put("deletes", word(changes.deletes()));
              traits.put("history", word(changes.history()));
            });
    sink.route().ifPresent(route -> traits.put("route_by", route.column()));
    columns.forEach((column, expression) -> traits.put("column " + column, expression));
    return new TableUse(traits);
  }

  /** The table property that keeps it. */
  public static String property(String pipeline, String sink) {
    return "icestream." + pipeline + "." + sink + ".use";
  }

  /** Reads what {@link #json} has written. */
  public static TableUse read(String json) {
    try {
      return new TableUse(JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The use of a table cannot be read: " + json, e);
    }
  }

  /** The use as a table keeps it. */
  public String json() {
    try {
      return JSON.writeValueAsString(traits);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What sets a new use apart from this one, as sentences' parts; empty: nothing. */
  public SortedSet<String> changesTo(TableUse other) {
    SortedSet<String> names = new TreeSet<>(traits.keySet());
    names.addAll(other.traits.keySet());
    SortedSet<String> changes = new TreeSet<>();
    for (String name : names) {
      String mine = traits.getOrDefault(name, "nothing");
      String theirs = other.traits.getOrDefault(name, "nothing");
      if (!mine.equals(theirs)) {
        changes.add(name + " was " + mine + ", the file says " + theirs);
      }
    }
    return changes;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
