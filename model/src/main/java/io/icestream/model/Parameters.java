/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values that a pipeline file may refer to: {@code ${env:NAME}} and {@code ${param:NAME}}.
 * Prints the names of the parameters alone, never a value.
 *
 * @param environment looks up an environment variable; empty if it is not set
 * @param values the parameters by name
 */
public record Parameters(
    Function<String, Optional<String>> environment, Map<String, String> values) {
  public Parameters {
    Objects.requireNonNull(environment, "environment");
    values = Map.copyOf(values);
  }

  /** The environment of this process and no parameters. */
  public static Parameters ofProcess() {
    return ofProcess(Map.of());
  }

  /** The environment of this process and the given parameters. */
  public static Parameters ofProcess(Map<String, String> values) {
    return new Parameters(name -> Optional.ofNullable(System.getenv(name)), values);
  }

  @Override
  public String toString() {
    return "Parameters" + values.keySet();
  }
}
