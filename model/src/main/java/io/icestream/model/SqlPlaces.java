/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Places in the SQL of a pipeline file as places in the file. */
public final class SqlPlaces {
  private SqlPlaces() {}

  /**
   * Moves each problem with SQL from where the SQL starts to where it is wrong. Where that cannot
   * be told, it stays, and its message gets the place in words: the file is not there any more, or
   * a variable stands before.
   *
   * @param file the pipeline file
   * @param problems what is wrong with it
   * @return the same problems in the same order, without places in SQL
   */
  public static List<Problem> resolved(Path file, List<Problem> problems) {
    if (problems.stream().allMatch(problem -> problem.place().isEmpty())) {
      return problems;
    }
    Optional<String> yaml = text(file);
    return problems.stream().map(problem -> resolved(yaml, problem)).toList();
  }

  private static Problem resolved(Optional<String> yaml, Problem problem) {
    if (problem.place().isEmpty()) {
      return problem;
    }
    SqlPlace place = problem.place().get();
    return yaml.flatMap(text -> location(text, problem.location(), place))
        .map(location -> new Problem(location, problem.message()))
        .orElseGet(() -> new Problem(problem.location(), problem.message() + " (" + place + ")"));
  }

  /** Where a place in SQL is in the text of a file, in which the SQL starts at a location. */
  static Optional<Location> location(String yaml, Location start, SqlPlace place) {
    int line = 0;
    for (int i = 1; i < start.line(); i++) {
      line = yaml.indexOf('\n', line) + 1;
      if (line == 0) {
        return Optional.empty();
      }
    }
    int before = start.column() - 1;
    if (before > yaml.codePointCount(line, yaml.length()) || place.index().isEmpty()) {
      return Optional.empty();
    }
    int scalar = yaml.offsetByCodePoints(line, before);
    return ScalarText.find(yaml, scalar, place.sql(), place.index().getAsInt()).stream()
        .mapToObj(index -> location(yaml, index))
        .findFirst();
  }

  private static Location location(String yaml, int index) {
    int line = (int) yaml.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
    int start = yaml.lastIndexOf('\n', index - 1) + 1;
    return new Location(line, yaml.codePointCount(start, index) + 1);
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
