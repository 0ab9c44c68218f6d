/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/** Spark's SQL errors in one line. */
final class SqlErrors {
  private SqlErrors() {}

  /** What SQL of endless length or depth comes to, however it is written. */
  static final String TOO_DEEP =
      "The SQL is nested too deep or has too many terms. Split it into steps.";

  /**
   * Parses SQL.
   *
   * @param sql the text
   * @param parser may throw ParseException, which Scala does not declare
   * @param problems takes the error
   * @return what it gave; empty if the SQL is wrong
   */
  static <T> Optional<T> parse(String sql, Callable<T> parser, SqlProblems problems) {
    Optional<String> problem = SqlSize.problem(sql);
    problem.ifPresent(problems::add);
    return problem.isPresent() ? Optional.empty() : attempt(parser, problems);
  }

  /**
   * Runs something that analyses SQL.
   *
   * @param analysis may throw AnalysisException, which Scala does not declare
   * @param problems takes the error
   * @return what it gave; empty if the SQL is wrong
   */
  static <T> Optional<T> attempt(Callable<T> analysis, SqlProblems problems) {
    try {
      return Optional.of(analysis.call());
    } catch (AnalysisException e) {
      problems.add(describe(e), e.line(), e.startPosition());
      return Optional.empty();
    } catch (StackOverflowError e) {
      problems.add(TOO_DEEP);
      return Optional.empty();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof SparkThrowable) {
        problems.add("SQL: " + withoutClass(e.getMessage()));
        return Optional.empty();
      }
      throw new IllegalStateException(e);
    }
  }

  /** Without Spark's error class and its own words for the place. */
  private static String describe(AnalysisException error) {
    String message =
        withoutClass(error.getSimpleMessage())
            .lines()
            .findFirst()
            .orElse("The SQL is wrong")
            .replaceFirst("; line \\d+ pos \\d+$", "");
    return "SQL: " + message;
  }

  private static String withoutClass(String message) {
    return message.replaceFirst("^\\[[A-Z_.0-9]+] ", "");
  }
}
