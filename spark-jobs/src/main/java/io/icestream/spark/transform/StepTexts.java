/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.Problem;
import io.icestream.model.StepDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParserInterface;

/**
 * What can be told of steps from their text alone: without a session, and without knowing any
 * columns.
 */
public final class StepTexts {
  private static final ParserInterface PARSER = CatalystSqlParser$.MODULE$;

  private StepTexts() {}

  /**
   * The sources, lookups and steps that a query reads, in the order of the text and once each.
   *
   * @param sql the query
   * @return the names; empty if the text is no query
   */
  public static List<String> relations(String sql) {
    return StepDialect.relations(PARSER, sql).stream().distinct().toList();
  }

  /**
   * Checks the SQL of steps: its syntax, the names of relations, and what a step may not use.
   * Columns and types are not looked at.
   *
   * @param steps the steps in the order of the file; one without SQL is left out
   * @param names the names of all sources, lookups and steps
   * @return what is wrong, in the order of the steps
   */
  public static List<Problem> check(Map<String, StepDefinition> steps, Collection<String> names) {
    List<Problem> problems = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>(names);
    known.removeAll(steps.keySet());
    steps.forEach(
        (name, step) -> {
          if (!step.sql().isEmpty()) {
            SqlProblems found = new SqlProblems(step.sql());
            StepDialect.read(PARSER, step.sql(), known, found);
            problems.addAll(found.at(step.location(), "Step '" + name + "': "));
          }
          checkExpectations(name, step, problems);
          known.add(name);
        });
    return problems;
  }

  private static void checkExpectations(String name, StepDefinition step, List<Problem> problems) {
    step.expectations().stream()
        .filter(expectation -> !expectation.check().isEmpty())
        .forEach(
            expectation -> {
              SqlProblems found = new SqlProblems(expectation.check());
              StepDialect.readCheck(PARSER, expectation.check(), found);
              String what = "Expectation '" + expectation.name() + "' of step '" + name + "': ";
              problems.addAll(found.at(expectation.location(), what));
            });
  }
}
