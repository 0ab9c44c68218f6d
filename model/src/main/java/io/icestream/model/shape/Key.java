/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A key of a mapping: all that parser, JSON Schema and reference know about it.
 *
 * @param name the key
 * @param type what may stand there
 * @param required whether it has to be there
 * @param fallback the value if it is not there; empty: there is none
 * @param absent what it means that it is not there, in Markdown
 * @param description one or two sentences, in Markdown
 * @param examples values as JSON has them
 */
public record Key<T>(
    String name,
    Type<T> type,
    boolean required,
    Optional<T> fallback,
    String absent,
    String description,
    List<Object> examples) {
  public Key {
    examples = List.copyOf(examples);
  }

  /** A key that has to be there. */
  public static <T> Key<T> required(String name, Type<T> type, String description) {
    return new Key<>(name, type, true, Optional.empty(), "required", description, List.of());
  }

  /** A key that may be left out. */
  public static <T> Key<T> optional(String name, Type<T> type, String absent, String description) {
    return new Key<>(name, type, false, Optional.empty(), absent, description, List.of());
  }

  /** A key that has a value if it is left out. */
  public static <T> Key<T> withDefault(
      String name, Type<T> type, T fallback, String absent, String description) {
    return new Key<>(name, type, false, Optional.of(fallback), absent, description, List.of());
  }

  /** A choice that has a value if it is left out. */
  public static <E extends Enum<E>> Key<E> withDefault(
      String name, ChoiceType<E> type, E fallback, String description) {
    return withDefault(name, type, fallback, ChoiceType.name(fallback), description);
  }

  /** The same key with examples. */
  public Key<T> examples(Object... values) {
    return new Key<>(name, type, required, fallback, absent, description, List.of(values));
  }

  /** The default as the file would have it; empty if it is not a scalar. */
  public Optional<Object> writtenDefault() {
    return fallback
        .filter(value -> !(value instanceof Entries) && !(value instanceof List))
        .map(value -> value instanceof BigDecimal ? value : absent);
  }

  /** The description with the meanings of a choice's values. */
  public String fullDescription() {
    return type instanceof ChoiceType<?> choice
        ? description + " " + choice.meanings() + "."
        : description;
  }
}
