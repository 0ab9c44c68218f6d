/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.Suggestion;
import io.icestream.spark.decode.DecodedColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.CurrentCatalog;
import org.apache.spark.sql.catalyst.expressions.CurrentDatabase;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.CurrentUser;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.LeftOuter$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;

/**
 * The SQL that a step may use. A step sees one batch at a time, so anything whose meaning depends
 * on other batches (ORDER BY, DISTINCT, window functions, set operations) is refused, as is
 * anything that reaches outside the pipeline's own sources and lookups.
 */
final class StepDialect {
  /** Spark goes down its stack for each level. */
  private static final int DEEPEST = 500;

  private StepDialect() {}

  /**
   * Parses a step's SQL and checks what can be seen before names are resolved.
   *
   * @param parser Spark's parser, a session's or the one that needs none
   * @param sql the query
   * @param known the names it may read
   * @param problems takes messages
   * @return the names it reads, in the order of the text; empty if the text is no query
   */
  static List<String> read(
      ParserInterface parser, String sql, Collection<String> known, SqlProblems problems) {
    Optional<LogicalPlan> parsed = SqlErrors.parse(sql, () -> parser.parsePlan(sql), problems);
    return parsed.map(plan -> read(plan, known, problems)).orElse(List.of());
  }

  private static List<String> read(
      LogicalPlan plan, Collection<String> known, SqlProblems problems) {
    List<String> relations = new ArrayList<>();
    for (LogicalPlan node : withSubqueries(plan)) {
      if (node instanceof Command
          || node instanceof ParsedStatement
          || node instanceof InsertIntoDir
          || node instanceof ScriptTransformation) {
        problems.add("A step is one SELECT query; found " + node.nodeName() + ".", node.origin());
      } else if (node instanceof UnresolvedTableValuedFunction function) {
        String name = String.join(".", Plans.list(function.name()));
        problems.add("Table functions are not allowed in a step: " + name + ".", node.origin());
      } else if (node instanceof UnresolvedRelation relation) {
        String name = String.join(".", Plans.list(relation.multipartIdentifier()));
        if (known.contains(name)) {
          relations.add(name);
        } else {
          problems.add(
              "'" + name + "' is no source, lookup or step above. " + Suggestion.of(name, known),
              node.origin());
        }
      }
    }
    withSubqueries(plan)
        .forEach(node -> Plans.list(node.expressions()).forEach(e -> refuseIn(e, problems)));
    return relations;
  }

  /** Checks the check of an expectation, as far as it can be seen before names are resolved. */
  static void readCheck(ParserInterface parser, String check, SqlProblems problems) {
    SqlErrors.parse(check, () -> parser.parseExpression(check), problems)
        .ifPresent(expression -> refuseIn(expression, problems));
  }

  /** Whether the step is a window step: one GROUP BY at the top. */
  static boolean isAggregate(LogicalPlan analyzed) {
    return Plans.withoutAliases(analyzed) instanceof Aggregate;
  }

  /** Checks the operators of an analysed row step, or of what a window step groups. */
  static void checkRowStep(LogicalPlan analyzed, SqlProblems problems) {
    LogicalPlan plan = Plans.withoutAliases(analyzed);
    if (plan instanceof Project || plan instanceof Filter || plan instanceof Join) {
      if (plan instanceof Join join
          && !join.joinType().equals(Inner$.MODULE$)
          && !join.joinType().equals(LeftOuter$.MODULE$)) {
        problems.add(
            "A "
                + join.joinType().sql()
                + " join is not allowed in a step. Allowed: JOIN, LEFT"
                + " JOIN with a lookup.");
      } else if (plan instanceof Join join
          && join.joinType().equals(LeftOuter$.MODULE$)
          && readsStream(join.right())) {
        problems.add(
            "A LEFT JOIN has to start from the rows of the step: put the lookup on its right"
                + " side.");
      }
      Plans.list(plan.children()).forEach(child -> checkRowStep(child, problems));
    } else if (!plan.children().isEmpty() && !(plan instanceof Expand)) {
      // Expand is a sliding window's, which WindowAggregate refuses in its own words
      problems.add(
          "A step cannot use "
              + plan.nodeName()
              + ": it sees one batch at a time. Allowed:"
              + " SELECT, WHERE, JOIN and LEFT JOIN with lookups; GROUP BY in a step of its own.");
    }
  }

  private static boolean readsStream(LogicalPlan plan) {
    return Plans.nodes(plan).stream()
        .flatMap(node -> Plans.list(node.output()).stream())
        .anyMatch(attribute -> attribute.name().equals(DecodedColumns.SOURCE));
  }

  /** Refuses what gives another result when a batch is run again, however it is spelled. */
  static void checkRepeatable(LogicalPlan analyzed, SqlProblems problems) {
    for (LogicalPlan node : Plans.nodes(analyzed)) {
      for (Expression expression : Plans.list(node.expressions())) {
        for (Expression inner : Plans.nodes(expression)) {
          if (inner instanceof CurrentUser
              || inner instanceof CurrentDatabase
              || inner instanceof CurrentCatalog) {
            problems.add(
                "User, database and catalog are not allowed in a step: a pipeline is the same"
                    + " wherever it runs.");
            return;
          }
          if (inner instanceof CurrentTimestampLike
              || inner instanceof CurrentDate
              || inner instanceof LocalTimestamp) {
            problems.add(
                "The time of day is not allowed in a step: it is another one when a batch is run"
                    + " again. Use _source.timestamp, the time of the Kafka record.");
            return;
          }
        }
      }
    }
  }

  private static void refuseIn(Expression expression, SqlProblems problems) {
    if (Plans.isDeeperThan(expression, DEEPEST)) {
      problems.add(SqlErrors.TOO_DEEP);
      return;
    }
    for (Expression node : Plans.nodes(expression)) {
      if (node instanceof SubqueryExpression) {
        problems.add(
            "Subqueries in expressions are not allowed in a step. Use a JOIN.", node.origin());
      } else if (node instanceof UnresolvedFunction function) {
        StepFunctions.refusal(
                String.join(".", Plans.list(function.nameParts())).toLowerCase(Locale.ROOT))
            .ifPresent(message -> problems.add(message, node.origin()));
      } else if (node instanceof Alias alias
          && alias.name().equalsIgnoreCase(DecodedColumns.SOURCE)) {
        problems.add(
            "Column '" + alias.name() + "' has a name that Icestream needs. Give it another.",
            node.origin());
      }
      BoundedCalls.refusal(node).ifPresent(message -> problems.add(message, node.origin()));
    }
  }

  /** The names of all relations of a query; none if the text is no query. */
  static List<String> relations(ParserInterface parser, String sql) {
    return SqlErrors.parse(sql, () -> parser.parsePlan(sql), new SqlProblems(sql))
        .map(
            plan ->
                withSubqueries(plan).stream()
                    .filter(UnresolvedRelation.class::isInstance)
                    .map(node -> ((UnresolvedRelation) node).multipartIdentifier())
                    .map(name -> String.join(".", Plans.list(name)))
                    .toList())
        .orElse(List.of());
  }

  private static List<LogicalPlan> withSubqueries(LogicalPlan plan) {
    List<LogicalPlan> nodes = new ArrayList<>();
    for (LogicalPlan node : Plans.nodes(plan)) {
      nodes.add(node);
      for (Expression expression : Plans.list(node.expressions())) {
        for (Expression inner : Plans.nodes(expression)) {
          if (inner instanceof SubqueryExpression subquery) {
            nodes.addAll(withSubqueries(subquery.plan()));
          }
        }
      }
    }
    return nodes;
  }
}
