/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.AnalysisException;

/** Spark's SQL errors in one line, with their place in the SQL. */
final class SqlErrors {
  private SqlErrors() {}

  /**
   * Runs something that analyses SQL.
   *
   * @param analysis may throw AnalysisException, which Scala does not declare
   * @param problems takes the error
   * @return what it gave; empty if the SQL is wrong
   */
  static <T> Optional<T> attempt(Callable<T> analysis, List<String> problems) {
    try {
      return Optional.of(analysis.call());
    } catch (AnalysisException e) {
      problems.add(describe(e));
      return Optional.empty();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static String describe(AnalysisException error) {
    String message =
        error
            .getSimpleMessage()
            .lines()
            .findFirst()
            .orElse("The SQL is wrong")
            .replaceFirst("^\\[[A-Z_.0-9]+] ", "")
            .replaceFirst("; line \\d+ pos \\d+$", "");
    boolean placed = error.line().isDefined() && error.startPosition().isDefined();
    return "SQL: "
        + message
        + (placed
            ? " (line "
                + error.line().get()
                + ", position "
                + error.startPosition().get()
                + " of the SQL)"
            : "");
  }
}
