/* SPDX-License-Identifier: MIT */
package io.icestream.producers.function;

import io.icestream.producers.ProducerException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The environment variables of a function. All of them begin with {@code ICESTREAM_}; {@code
 * docs/producers.md} lists them.
 */
public record Variables(Map<String, String> values) {

  public Variables {
    values = Map.copyOf(values);
  }

  /** Those of this process. */
  public static Variables ofProcess() {
    return new Variables(System.getenv());
  }

  /** Empty if the variable is not set or blank. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /**
   * @throws ProducerException if the variable is not set
   */
  public String require(String name) {
    return get(name)
        .orElseThrow(
            () -> new ProducerException("Environment variable " + name + " is not set: set it."));
  }

  /**
   * @throws ProducerException if the variable is not a whole number of 1 or more
   */
  public int number(String name, int otherwise) {
    Optional<String> text = get(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("[1-9][0-9]{0,8}")) {
      throw new ProducerException(
          "Environment variable " + name + " is '" + text.get() + "': give a number of 1 or more.");
    }
    return Integer.parseInt(text.get());
  }

  /**
   * One of some words, the first of which is the default.
   *
   * @throws ProducerException if the variable is none of them
   */
  public String choice(String name, List<String> words) {
    String word = get(name).orElse(words.get(0));
    if (!words.contains(word)) {
      throw new ProducerException(
          "Environment variable "
              + name
              + " is '"
              + word
              + "': give one of "
              + String.join(", ", words)
              + ".");
    }
    return word;
  }

  /** The values between commas, without repeats; empty if the variable is not set. */
  public Set<String> list(String name) {
    Set<String> parts = new LinkedHashSet<>();
    for (String part : get(name).orElse("").split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }

  /** Names only: a value may be a secret. */
  @Override
  public String toString() {
    return "Variables" + values.keySet();
  }
}
