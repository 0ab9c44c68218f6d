/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import io.icestream.model.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Typed access to the context. What {@code -c} gives is a text, what cdk.json gives has a type;
 * both are taken. Wrong values are collected, so that all are told at once.
 */
final class Context {
  /** What a key of Icestream looks like; those of the CDK have signs in them. */
  private static final Pattern OWN = Pattern.compile("^[A-Za-z0-9]+$");

  private final Map<String, Object> values;
  private final Map<String, Object> stage;
  private final Set<String> known = new TreeSet<>(Set.of("stage", "stages"));
  private final List<String> problems = new ArrayList<>();

  private Context(Map<String, Object> values, Map<String, Object> stage) {
    this.values = values;
    this.stage = stage;
  }

  /**
   * The context of the stage that it names.
   *
   * @param values the values by key
   */
  static Context of(Map<String, Object> values) {
    Object name = values.get("stage");
    Object stages = values.get("stages");
    Map<String, Object> block = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    if (stages instanceof Map<?, ?> map) {
      map.keySet().forEach(key -> names.add(key.toString()));
      if (name != null && map.get(name.toString()) instanceof Map<?, ?> found) {
        found.forEach((key, value) -> block.put(key.toString(), value));
      }
    }
    Context context = new Context(values, block);
    if (name == null) {
      context.problem("stage", "is missing", "Name one with -c stage=NAME" + listed(names));
    } else if (!names.contains(name.toString())) {
      context.problem(
          "stage",
          "is '" + name + "', for which 'stages' of cdk.json has no block",
          "Add one. " + Suggestion.of(name.toString(), names));
    }
    return context;
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "." : ": " + String.join(", ", names) + ".";
  }

  String text(String key, Pattern pattern, String expected) {
    return optionalText(key, pattern, expected)
        .orElseGet(
            () -> {
              problem(key, "is missing", "Set it to " + expected + ".");
              return "";
            });
  }

  String text(String key, Pattern pattern, String expected, String fallback) {
    return optionalText(key, pattern, expected).orElse(fallback);
  }

  Optional<String> optionalText(String key, Pattern pattern, String expected) {
    Optional<String> found = value(key).map(Object::toString);
    found
        .filter(text -> !pattern.matcher(text).matches())
        .ifPresent(text -> problem(key, "is '" + text + "'", "Set it to " + expected + "."));
    return found;
  }

  int number(String key, int least, int most, int fallback) {
    Optional<Object> found = value(key);
    if (found.isEmpty()) {
      return fallback;
    }
    try {
      // Numbers of cdk.json may arrive as 4 or as 4.0
      int number =
          found.get() instanceof Number value
              ? Math.toIntExact(Math.round(value.doubleValue()))
              : Integer.parseInt(found.get().toString());
      boolean whole = !(found.get() instanceof Number value) || value.doubleValue() == number;
      if (whole && number >= least && number <= most) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      // Told below, as a number out of range is
    }
    problem(
        key,
        "is '" + found.get() + "'",
        "Set it to a whole number from " + least + " to " + most + ".");
    return fallback;
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    Optional<Object> found = value(key);
    if (found.isEmpty()) {
      return fallback;
    }
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(found.get().toString())) {
        return constant;
      }
      names.add(name);
    }
    problem(key, "is '" + found.get() + "'", Suggestion.of(found.get().toString(), names));
    return fallback;
  }

  /**
   * Maps of cdk.json: with {@code -c} there are none.
   *
   * @param keys what they may have
   */
  List<Map<String, Object>> maps(String key, Set<String> keys) {
    List<Map<String, Object>> maps = new ArrayList<>();
    Optional<Object> found = value(key);
    if (found.isPresent() && !(found.get() instanceof List<?>)) {
      problem(key, "is '" + found.get() + "'", "It has to be a list of mappings, in cdk.json.");
    } else if (found.isPresent()) {
      for (Object element : (List<?>) found.get()) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (element instanceof Map<?, ?> entries) {
          entries.forEach((name, value) -> map.put(name.toString(), value));
        }
        map.keySet().stream()
            .filter(name -> !keys.contains(name))
            .forEach(
                name ->
                    problem(
                        key,
                        "has an element with the unknown key '" + name + "'",
                        Suggestion.of(name, keys)));
        maps.add(map);
      }
    }
    return maps;
  }

  /** A list of cdk.json, or a text of {@code -c} with commas. */
  List<String> list(String key, Pattern pattern, String expected) {
    Optional<Object> found = value(key);
    List<String> elements =
        found.stream()
            .flatMap(
                value ->
                    value instanceof List<?> list
                        ? list.stream()
                        : Stream.of(value.toString().split(",", -1)))
            .map(element -> element.toString().strip())
            .toList();
    elements.stream()
        .filter(element -> !pattern.matcher(element).matches())
        .forEach(
            element ->
                problem(key, "has '" + element + "'", "Each element has to be " + expected + "."));
    return elements;
  }

  /** Adds a problem: what the key is, and what to do. */
  void problem(String key, String found, String remedy) {
    problems.add("'" + key + "' " + found + ". " + remedy);
  }

  /** Refuses what was found to be wrong, and keys that nobody has asked for. */
  void finish() {
    Set<String> unknown =
        Stream.concat(stage.keySet().stream(), values.keySet().stream().filter(OWN.asPredicate()))
            .filter(key -> !known.contains(key))
            .collect(Collectors.toCollection(TreeSet::new));
    unknown.forEach(key -> problem(key, "is unknown", Suggestion.of(key, known)));
    if (!problems.isEmpty()) {
      throw new ContextException(problems);
    }
  }

  private Optional<Object> value(String key) {
    known.add(key);
    Object given = values.get(key);
    return Optional.ofNullable(given == null ? stage.get(key) : given);
  }
}
