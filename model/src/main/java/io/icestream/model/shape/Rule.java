/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import io.icestream.model.Location;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule that spans several keys of a mapping. Each complaint goes on after the name of the mapping
 * and ends with the remedy.
 */
public sealed interface Rule {

  /** Reports whether the values break the rule, which begins messages with the given owner. */
  void check(Values values, String owner, Problems problems);

  /** The same as a part of a JSON Schema. */
  Map<String, Object> schema();

  /** The same for the reference, in Markdown. */
  String text();

  /** A key that is there only together with another. */
  record Needs(Key<?> key, Key<?> other, String complaint) implements Rule {
    @Override
    public void check(Values values, String owner, Problems problems) {
      if (values.has(key) && !values.has(other)) {
        problems.add(values.keyLocation(key), owner + " " + complaint);
      }
    }

    @Override
    public Map<String, Object> schema() {
      return Json.object("dependencies", Json.object(key.name(), List.of(other.name())));
    }

    @Override
    public String text() {
      return quoted(key) + " needs " + quoted(other) + ".";
    }
  }

  /** Exactly one of two keys. */
  record EitherOr(Key<?> one, Key<?> other) implements Rule {
    @Override
    public void check(Values values, String owner, Problems problems) {
      String names = "'" + one.name() + "' and '" + other.name() + "'";
      if (values.has(one) && values.has(other)) {
        problems.add(
            values.keyLocation(other), owner + " has both " + names + ". Remove one of them.");
      } else if (!values.has(one) && !values.has(other)) {
        problems.add(values.location(), owner + " has none of " + names + ". Add one of them.");
      }
    }

    @Override
    public Map<String, Object> schema() {
      return Json.object(
          "oneOf",
          List.of(
              Json.object("required", List.of(one.name())),
              Json.object("required", List.of(other.name()))));
    }

    @Override
    public String text() {
      return "Either " + quoted(one) + " or " + quoted(other) + " is there.";
    }
  }

  /** At least one of two keys. */
  record OneOrBoth(Key<?> one, Key<?> other, String complaint) implements Rule {
    @Override
    public void check(Values values, String owner, Problems problems) {
      if (!values.has(one) && !values.has(other)) {
        problems.add(values.location(), owner + " " + complaint);
      }
    }

    @Override
    public Map<String, Object> schema() {
      return Json.object(
          "anyOf",
          List.of(
              Json.object("required", List.of(one.name())),
              Json.object("required", List.of(other.name()))));
    }

    @Override
    public String text() {
      return quoted(one) + ", " + quoted(other) + " or both are there.";
    }
  }

  /** A key that has to be there if a choice has a value. */
  record RequiredWhen<E extends Enum<E>>(Key<E> choice, E value, Key<?> key, String complaint)
      implements Rule {
    @Override
    public void check(Values values, String owner, Problems problems) {
      if (!values.has(key) && values.find(choice).filter(value::equals).isPresent()) {
        problems.add(values.location(choice), owner + " " + complaint);
      }
    }

    @Override
    public Map<String, Object> schema() {
      return when(choice, Set.of(value), Json.object("required", List.of(key.name())));
    }

    @Override
    public String text() {
      return code(choice, Set.of(value)) + " needs " + quoted(key) + ".";
    }
  }

  /** A key that may not be there if a choice has one of some values. */
  record RefusedWhen<E extends Enum<E>>(
      Key<E> choice, Set<E> refusing, Key<?> key, String complaint) implements Rule {
    @Override
    public void check(Values values, String owner, Problems problems) {
      if (values.has(key) && values.find(choice).filter(refusing::contains).isPresent()) {
        problems.add(values.keyLocation(key), owner + " " + complaint);
      }
    }

    @Override
    public Map<String, Object> schema() {
      return when(
          choice, refusing, Json.object("not", Json.object("required", List.of(key.name()))));
    }

    @Override
    public String text() {
      return code(choice, refusing) + " goes without " + quoted(key) + ".";
    }
  }

  /** A choice that is limited if another has a value. */
  record LimitedWhen<E extends Enum<E>, F extends Enum<F>>(
      Key<E> choice, E value, Key<F> limited, Set<F> allowed, String complaint) implements Rule {
    @Override
    public void check(Values values, String owner, Problems problems) {
      if (values.find(choice).filter(value::equals).isPresent()
          && values.find(limited).filter(other -> !allowed.contains(other)).isPresent()) {
        Location at = values.location(values.has(limited) ? limited : choice);
        problems.add(at, owner + " " + complaint);
      }
    }

    @Override
    public Map<String, Object> schema() {
      Map<String, Object> then =
          Json.object(
              "properties", Json.object(limited.name(), ChoiceType.schema(sorted(allowed))));
      if (limited.fallback().filter(allowed::contains).isEmpty()) {
        then.put("required", List.of(limited.name()));
      }
      return when(choice, Set.of(value), then);
    }

    @Override
    public String text() {
      return code(choice, Set.of(value)) + " needs " + code(limited, allowed) + ".";
    }
  }

  private static Map<String, Object> when(
      Key<?> choice, Set<? extends Enum<?>> values, Map<String, Object> then) {
    return Json.object(
        "if",
        Json.object(
            "properties",
            Json.object(choice.name(), Json.object("enum", ChoiceType.names(sorted(values)))),
            "required",
            List.of(choice.name())),
        "then",
        then);
  }

  /** In a fixed order, so that what is generated does not change from run to run. */
  private static List<? extends Enum<?>> sorted(Set<? extends Enum<?>> values) {
    return values.stream().sorted(Comparator.comparing(value -> value.name())).toList();
  }

  private static String quoted(Key<?> key) {
    return "`" + key.name() + "`";
  }

  private static String code(Key<?> choice, Set<? extends Enum<?>> values) {
    return sorted(values).stream()
        .map(value -> "`" + choice.name() + ": " + ChoiceType.name(value) + "`")
        .collect(Collectors.joining(" or "));
  }
}
