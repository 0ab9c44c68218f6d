/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.spark.plan.Pace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The arguments of {@link Main}.
 *
 * @param pipeline the pipeline file
 * @param environment path or address of the environment file
 * @param pace how much is read and when
 * @param params the parameters of the pipeline file, by name
 */
record Arguments(Path pipeline, String environment, Pace pace, Map<String, String> params) {
  static final String USAGE =
      "Usage: --pipeline FILE --environment FILE [--until-drained] [--trigger DURATION]"
          + " [--max-offsets N] [--retry-for DURATION] [--param NAME=VALUE]...";

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if one is unknown, absent or wrong; the message says which
   */
  static Arguments parse(List<String> arguments) {
    Path pipeline = null;
    String environment = null;
    Duration trigger = Pace.DEFAULT_TRIGGER;
    Duration retryFor = Pace.DEFAULT_RETRY_FOR;
    long maxOffsets = Pace.DEFAULT_MAX_OFFSETS;
    boolean untilDrained = false;
    Map<String, String> params = new LinkedHashMap<>();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String name = rest.next();
      switch (name) {
        case "--until-drained" -> untilDrained = true;
        case "--pipeline" -> pipeline = Path.of(value(name, rest));
        case "--environment" -> environment = value(name, rest);
        case "--trigger" -> trigger = duration(name, value(name, rest));
        case "--retry-for" -> retryFor = duration(name, value(name, rest));
        case "--param" -> addParam(value(name, rest), params);
        case "--max-offsets" -> maxOffsets = number(name, value(name, rest));
        default -> throw new IllegalArgumentException("Unknown argument '" + name + "'. " + USAGE);
      }
    }
    if (pipeline == null || environment == null) {
      throw new IllegalArgumentException("--pipeline and --environment are required. " + USAGE);
    }
    return new Arguments(
        pipeline, environment, new Pace(trigger, untilDrained, maxOffsets, retryFor), params);
  }

  /** The value may be anything, and is not shown. */
  private static void addParam(String text, Map<String, String> params) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("'--param' has to be NAME=VALUE. " + USAGE);
    }
    params.put(text.substring(0, equals), text.substring(equals + 1));
  }

  private static String value(String name, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException("'" + name + "' needs a value. " + USAGE);
    }
    return rest.next();
  }

  private static long number(String name, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + name + "' has to be a whole number, found '" + text + "'. " + USAGE, e);
    }
  }

  /** A duration such as {@code 500ms}, {@code 2s} or {@code 1m}. */
  private static Duration duration(String name, String text) {
    try {
      return text.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
          : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + name + "' has to be a duration such as 500ms, 2s or 1m, found '" + text + "'.", e);
    }
  }
}
