/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.model.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The SQL functions that a step or a check may call: those of {@code functions.txt}. A list of what
 * is allowed and not of what is refused, so that a new function of Spark is refused until somebody
 * has looked at it.
 */
final class StepFunctions {
  private static final Set<String> ALLOWED = read();

  private StepFunctions() {}

  /**
   * Judges a function by its name.
   *
   * @param name in lower case
   * @return why it is refused, with the remedy; empty if it is allowed
   */
  static Optional<String> refusal(String name) {
    return ALLOWED.contains(name)
        ? Optional.empty()
        : Optional.of("Function '" + name + "' is not allowed in a step: " + reason(name));
  }

  private static String reason(String name) {
    if (name.startsWith("xpath")) {
      return "a document can name files that it would read.";
    }
    return switch (name) {
      case "reflect", "java_method", "try_reflect" -> "it calls any method of any class.";
      case "input_file_name", "input_file_block_start", "input_file_block_length" ->
          "it reaches outside the pipeline. Use _source, the record that the row comes from.";
      case "current_user",
          "user",
          "session_user",
          "current_catalog",
          "current_database",
          "current_schema",
          "current_timezone",
          "version" ->
          "it reads where the pipeline runs, and a pipeline is the same everywhere.";
      case "rand",
          "randn",
          "random",
          "uuid",
          "shuffle",
          "aes_encrypt",
          "monotonically_increasing_id",
          "spark_partition_id" ->
          "its result is not the same when a batch is run again. A hash of _source.topic,"
              + " _source.partition and _source.offset is.";
      case "current_timestamp", "now", "localtimestamp", "current_date", "curdate" ->
          "its result is not the same when a batch is run again. Use _source.timestamp, the time"
              + " of the Kafka record.";
      case "raise_error", "assert_true" ->
          "it would stop the pipeline. Use an expectation with 'else: fail'.";
      case "sequence", "levenshtein", "aggregate", "reduce" ->
          "what it costs is not bounded by the length of its arguments.";
      default -> unknown(name);
    };
  }

  private static String unknown(String name) {
    return "it is none of those that a step may call. "
        + Suggestion.nearest(name, ALLOWED).map(near -> "Did you mean '" + near + "'? ").orElse("")
        + "The reference of the pipeline file lists them.";
  }

  private static Set<String> read() {
    try (InputStream list = StepFunctions.class.getResourceAsStream("functions.txt")) {
      return new String(list.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#") && !line.startsWith("["))
          .flatMap(line -> Arrays.stream(line.split("\\s+")))
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
