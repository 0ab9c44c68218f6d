/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One of an enum's values, in lower case.
 *
 * @param values those that are allowed
 * @param meaning what a value means, as the end of a sentence in Markdown
 */
public record ChoiceType<E extends Enum<E>>(List<E> values, Function<E, String> meaning)
    implements Type<E> {
  public ChoiceType {
    values = List.copyOf(values);
  }

  /** Any value of an enum. */
  public ChoiceType(Class<E> type, Function<E, String> meaning) {
    this(List.of(type.getEnumConstants()), meaning);
  }

  @Override
  public Optional<E> read(Node node, Subject subject, Reading reading) {
    List<String> allowed = names(values);
    Optional<Scalar> scalar =
        reading
            .scalar(node, subject, "one of " + String.join(", ", allowed))
            .flatMap(s -> TextType.text(s, subject, reading));
    if (scalar.isPresent() && !allowed.contains(scalar.get().text())) {
      reading
          .problems()
          .add(
              scalar.get().location(),
              subject.value()
                  + " is "
                  + scalar.get().shown()
                  + ". "
                  + scalar.get().alternatives(allowed));
      return Optional.empty();
    }
    return scalar.flatMap(
        s -> values.stream().filter(value -> name(value).equals(s.text())).findFirst());
  }

  @Override
  public Map<String, Object> schema() {
    return schema(values);
  }

  /** The schema of some of the values. */
  static Map<String, Object> schema(Collection<? extends Enum<?>> values) {
    return Json.object(
        "anyOf",
        List.of(
            Json.object("enum", names(values)),
            Json.object("type", "string", "pattern", "^" + Substitution.REFERENCE + "$")));
  }

  @Override
  public String label() {
    return values.stream().map(value -> "`" + name(value) + "`").collect(Collectors.joining(", "));
  }

  /** Each value with its meaning, in Markdown. */
  public String meanings() {
    return values.stream()
        .map(value -> "`" + name(value) + "`: " + meaning.apply(value))
        .collect(Collectors.joining("; "));
  }

  /** A value as it is written in the file. */
  public static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static List<String> names(Collection<? extends Enum<?>> values) {
    return values.stream().map(ChoiceType::name).toList();
  }
}
