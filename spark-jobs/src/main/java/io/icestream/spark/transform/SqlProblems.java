/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.Location;
import io.icestream.model.Problem;
import io.icestream.model.SqlPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;

/** Collects what is wrong with one text of SQL, with the places in it that Spark knows. */
final class SqlProblems {
  private final String sql;
  private final List<Found> found = new ArrayList<>();

  private record Found(String message, Optional<SqlPlace> place) {}

  /**
   * @param sql the text as the parser gets it
   */
  SqlProblems(String sql) {
    this.sql = sql;
  }

  /** Adds what is wrong with the text as a whole. */
  void add(String message) {
    found.add(new Found(message, Optional.empty()));
  }

  /** Adds what is wrong at a node that was parsed from the text. */
  void add(String message, Origin origin) {
    add(message, origin.line(), origin.startPosition());
  }

  /**
   * Adds what is wrong at a place of the text.
   *
   * @param line counted from 1; may be empty
   * @param position counted from 0; may be empty
   */
  void add(String message, Option<Object> line, Option<Object> position) {
    boolean placed = line.isDefined() && position.isDefined();
    found.add(
        new Found(
            message,
            placed
                ? Optional.of(new SqlPlace(sql, (Integer) line.get(), (Integer) position.get()))
                : Optional.empty()));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** The messages, with the places in words. */
  List<String> messages() {
    return found.stream()
        .map(f -> f.message() + f.place().map(place -> " (" + place + ")").orElse(""))
        .toList();
  }

  /**
   * The problems of a pipeline file.
   *
   * @param location where the text starts in the file
   * @param subject what messages begin with
   */
  List<Problem> at(Location location, String subject) {
    return found.stream()
        .map(f -> new Problem(location, subject + f.message(), f.place()))
        .toList();
  }
}
