/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.Location;
import io.icestream.model.Suggestion;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A YAML mapping read strictly: every accessor reports what is wrong and gives an empty value, so
 * that parsing goes on and finds the other problems too.
 */
final class Mapping {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private final String what;
  private final Location location;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Node> keyNodes = new LinkedHashMap<>();

  private Mapping(MappingNode node, String what, Problems problems) {
    this.what = what;
    this.location = Problems.location(node);
    this.problems = problems;
    for (NodeTuple tuple : node.getValue()) {
      String key = scalar(tuple.getKeyNode()).orElse("");
      if (values.put(key, tuple.getValueNode()) != null) {
        problems.add(
            tuple.getKeyNode(), "Key '" + key + "' stands twice in " + what + ". Remove one.");
      }
      keyNodes.put(key, tuple.getKeyNode());
    }
  }

  /** Reads a node as a mapping; empty, with a problem, if it is something else. */
  static Optional<Mapping> of(Node node, String what, Problems problems) {
    if (node instanceof MappingNode mapping) {
      return Optional.of(new Mapping(mapping, what, problems));
    }
    String subject = Character.toUpperCase(what.charAt(0)) + what.substring(1);
    problems.add(
        node, subject + " has to be a mapping of keys to values, found " + kind(node) + ".");
    return Optional.empty();
  }

  /** Names the keys this mapping may have; any other is a problem. */
  Mapping allow(String... keys) {
    List<String> allowed = Arrays.asList(keys);
    for (String key : values.keySet()) {
      if (!allowed.contains(key)) {
        problems.add(
            keyNodes.get(key),
            "Unknown key '" + key + "' in " + what + ". " + Suggestion.of(key, allowed));
      }
    }
    return this;
  }

  Location location() {
    return location;
  }

  /** Where the value of a key stands; the mapping's own place if there is none. */
  Location location(String key) {
    Node node = values.get(key);
    return node == null ? location : Problems.location(node);
  }

  /** The text of a key that has to be there. */
  String requiredText(String key) {
    if (!values.containsKey(key)) {
      missing(key);
      return "";
    }
    return text(key).orElse("");
  }

  /** The text of a key; empty if the key is absent. */
  Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).flatMap(node -> textOf(node, key));
  }

  /** As {@link #text}, for a text that may be empty or blank, such as a tab. */
  Optional<String> anyText(String key) {
    Node node = values.get(key);
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : text(key);
  }

  /**
   * A whole number with a unit: {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}.
   */
  Optional<Duration> duration(String key) {
    return text(key)
        .flatMap(
            text -> {
              Matcher matcher = DURATION.matcher(text);
              if (!matcher.matches()) {
                problems.add(
                    values.get(key),
                    "'"
                        + key
                        + "' in "
                        + what
                        + " has to be a duration such as 500ms, 30s, 10m,"
                        + " 2h or 1d, found '"
                        + text
                        + "'.");
                return Optional.empty();
              }
              return Optional.of(duration(Long.parseLong(matcher.group(1)), matcher.group(2)));
            });
  }

  /** One of an enum's values, in lower case; the fallback if the key is absent or wrong. */
  <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    return text(key).flatMap(text -> constant(key, type, text)).orElse(fallback);
  }

  /** One of an enum's values, in lower case; has to be there. */
  <E extends Enum<E>> Optional<E> requiredChoice(String key, Class<E> type) {
    if (!values.containsKey(key)) {
      missing(key);
      return Optional.empty();
    }
    return text(key).flatMap(text -> constant(key, type, text));
  }

  /** A list of texts; empty if the key is absent. */
  List<String> texts(String key) {
    Node node = values.get(key);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      problems.add(
          node, "'" + key + "' in " + what + " has to be a list, found " + kind(node) + ".");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      textOf(item, key).ifPresent(texts::add);
    }
    return texts;
  }

  /** A mapping below a key that has to be there. */
  Optional<Mapping> requiredChild(String key) {
    if (!values.containsKey(key)) {
      missing(key);
      return Optional.empty();
    }
    return of(values.get(key), "'" + key + "' of " + what, problems);
  }

  /**
   * The entries of a mapping of names to mappings; empty if the key is absent.
   *
   * @param key the key
   * @param kind what an entry is, for messages
   * @param read makes the entry's value of its name and mapping; empty if it cannot
   */
  <V> Map<String, V> entries(
      String key, String kind, BiFunction<String, Mapping, Optional<V>> read) {
    Map<String, V> entries = new LinkedHashMap<>();
    if (values.containsKey(key)) {
      of(values.get(key), "'" + key + "' of " + what, problems)
          .ifPresent(
              all ->
                  all.values.forEach(
                      (name, node) ->
                          of(node, kind + " '" + name + "'", problems)
                              .flatMap(entry -> read.apply(name, entry))
                              .ifPresent(value -> entries.put(name, value))));
    }
    return entries;
  }

  /** The names of the entries of {@link #entries}, whether they can be read or not. */
  Set<String> names(String key) {
    Set<String> names = new LinkedHashSet<>();
    if (values.get(key) instanceof MappingNode all) {
      all.getValue().forEach(entry -> scalar(entry.getKeyNode()).ifPresent(names::add));
    }
    return names;
  }

  /** Whether a key is there and is not an empty mapping. */
  boolean hasEntries(String key) {
    return values.containsKey(key)
        && !(values.get(key) instanceof MappingNode mapping && mapping.getValue().isEmpty());
  }

  /** Whether a key is there, whatever it holds. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  /** A number; empty if the key is absent. */
  OptionalDouble number(String key) {
    Optional<String> text = text(key);
    try {
      return text.isPresent()
          ? OptionalDouble.of(new BigDecimal(text.get()).doubleValue())
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      problems.add(
          values.get(key),
          "'" + key + "' in " + what + " has to be a number, found '" + text.get() + "'.");
      return OptionalDouble.empty();
    }
  }

  /** A duration in seconds; empty if the key is absent. */
  OptionalDouble seconds(String key) {
    return duration(key)
        .map(d -> OptionalDouble.of(d.toMillis() / 1000.0))
        .orElse(OptionalDouble.empty());
  }

  /** The entries of a mapping of names to texts; empty if the key is absent. */
  Map<String, String> textEntries(String key) {
    Map<String, String> entries = new LinkedHashMap<>();
    child(key)
        .ifPresent(
            all ->
                all.values.forEach(
                    (name, node) ->
                        all.textOf(node, name).ifPresent(text -> entries.put(name, text))));
    return entries;
  }

  /** The entries of a mapping of names to lists of any values; empty if the key is absent. */
  Map<String, List<Object>> lists(String key) {
    Map<String, List<Object>> entries = new LinkedHashMap<>();
    child(key)
        .ifPresent(
            all ->
                all.values.forEach(
                    (name, node) ->
                        entries.put(
                            name, all.sequence(node, name).stream().map(YamlValue::of).toList())));
    return entries;
  }

  /** The entries of a mapping of names to lists of mappings; empty if the key is absent. */
  Map<String, List<Map<String, Object>>> rows(String key) {
    Map<String, List<Map<String, Object>>> entries = new LinkedHashMap<>();
    child(key)
        .ifPresent(
            all ->
                all.values.forEach(
                    (name, node) ->
                        entries.put(
                            name,
                            all.sequence(node, name).stream()
                                .flatMap(
                                    row -> of(row, "a row of '" + name + "'", problems).stream())
                                .map(Mapping::row)
                                .toList())));
    return entries;
  }

  /** The values of a list of mappings; empty if the key is absent. */
  <V> List<V> items(String key, String kind, Function<Mapping, Optional<V>> read) {
    Node node = values.get(key);
    return node == null
        ? List.of()
        : sequence(node, key).stream()
            .flatMap(item -> of(item, kind, problems).flatMap(read).stream())
            .toList();
  }

  private Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    values.forEach((name, node) -> row.put(name, YamlValue.of(node)));
    return row;
  }

  private Optional<Mapping> child(String key) {
    Node node = values.get(key);
    return node == null ? Optional.empty() : of(node, "'" + key + "' of " + what, problems);
  }

  private List<Node> sequence(Node node, String key) {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    problems.add(node, "'" + key + "' in " + what + " has to be a list, found " + kind(node) + ".");
    return List.of();
  }

  /** Reports a key that has to be there. */
  void missing(String key) {
    problems.add(location, "Key '" + key + "' is missing in " + what + ". Add it.");
  }

  private <E extends Enum<E>> Optional<E> constant(String key, Class<E> type, String text) {
    List<String> allowed =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    if (allowed.contains(text)) {
      return Optional.of(Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }
    problems.add(
        values.get(key),
        "'" + key + "' in " + what + " is '" + text + "'. " + Suggestion.of(text, allowed));
    return Optional.empty();
  }

  private Optional<String> textOf(Node node, String key) {
    Optional<String> text = scalar(node).filter(t -> !t.isBlank());
    if (text.isEmpty()) {
      problems.add(
          node, "'" + key + "' in " + what + " has to be a text, found " + kind(node) + ".");
    }
    return text;
  }

  private static Optional<String> scalar(Node node) {
    return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
  }

  private static String kind(Node node) {
    return switch (node.getNodeType()) {
      case MAPPING -> "a mapping";
      case SEQUENCE -> "a list";
      case SCALAR ->
          scalar(node).filter(t -> !t.isBlank()).map(t -> "'" + t + "'").orElse("nothing");
      case ANCHOR -> "an anchor";
    };
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
