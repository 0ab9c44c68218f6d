/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.View;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.runtime.AbstractPartialFunction;

/** Catalyst's trees from Java. */
final class Plans {
  private Plans() {}

  static <T> List<T> list(Seq<T> seq) {
    return JavaConverters.seqAsJavaList(seq);
  }

  static <T> Seq<T> seq(List<? extends T> list) {
    return JavaConverters.<T>asScalaBuffer(new ArrayList<T>(list)).toList();
  }

  /** An analysed plan as a dataset. */
  static Dataset<Row> dataset(SparkSession spark, LogicalPlan plan) {
    return Dataset.ofRows(spark, plan);
  }

  /** A plan without the names given to it. */
  static LogicalPlan withoutAliases(LogicalPlan plan) {
    if (plan instanceof SubqueryAlias alias) {
      return withoutAliases(alias.child());
    }
    return plan instanceof View view ? withoutAliases(view.child()) : plan;
  }

  /** Every node of a plan, parents before children. */
  static List<LogicalPlan> nodes(LogicalPlan plan) {
    List<LogicalPlan> nodes = new ArrayList<>();
    nodes.add(plan);
    list(plan.children()).forEach(child -> nodes.addAll(nodes(child)));
    return nodes;
  }

  /** Whether an expression has more levels than that; takes no level of the stack for each. */
  static boolean isDeeperThan(Expression expression, int most) {
    List<Expression> level = List.of(expression);
    for (int depth = 0; !level.isEmpty(); depth++) {
      if (depth > most) {
        return true;
      }
      List<Expression> next = new ArrayList<>();
      level.forEach(node -> next.addAll(list(node.children())));
      level = next;
    }
    return false;
  }

  /** Every node of an expression, parents before children. */
  static List<Expression> nodes(Expression expression) {
    List<Expression> nodes = new ArrayList<>();
    nodes.add(expression);
    list(expression.children()).forEach(child -> nodes.addAll(nodes(child)));
    return nodes;
  }

  /**
   * Replaces nodes of an expression; the function gives its argument back where nothing changes.
   */
  static Expression replace(Expression expression, UnaryOperator<Expression> replacement) {
    return expression.transform(
        new AbstractPartialFunction<Expression, Expression>() {
          @Override
          public Expression apply(Expression node) {
            return replacement.apply(node);
          }

          @Override
          public boolean isDefinedAt(Expression node) {
            return true;
          }
        });
  }
}
