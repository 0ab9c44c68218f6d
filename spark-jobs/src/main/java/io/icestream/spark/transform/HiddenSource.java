/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.apache.spark.sql.functions.col;

import io.icestream.spark.decode.DecodedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/**
 * Carries the place that a row comes from through a row step, whether the step's SQL selects it or
 * not. So a row that a later check rejects can still be quarantined with its payload.
 */
final class HiddenSource {
  private HiddenSource() {}

  /** The step's rows with {@link DecodedColumns#SOURCE} as the last column. */
  static Dataset<Row> carry(Dataset<Row> step) {
    LogicalPlan carried = carry(step.queryExecution().analyzed());
    Dataset<Row> rows = Plans.dataset(step.sparkSession(), carried);
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      if (!name.equals(DecodedColumns.SOURCE)) {
        columns.add(col("`" + name.replace("`", "``") + "`"));
      }
    }
    columns.add(col(DecodedColumns.SOURCE));
    return rows.select(columns.toArray(Column[]::new));
  }

  /** {@link DecodedColumns#SOURCE} alone, of the rows that a plan gives. */
  static Dataset<Row> only(SparkSession spark, LogicalPlan plan) {
    return Plans.dataset(spark, carry(plan)).select(DecodedColumns.SOURCE);
  }

  private static LogicalPlan carry(LogicalPlan plan) {
    if (plan.children().isEmpty()) {
      return plan;
    }
    List<LogicalPlan> children =
        Plans.list(plan.children()).stream().map(HiddenSource::carry).toList();
    LogicalPlan carried = plan.withNewChildren(Plans.<LogicalPlan>seq(children).toIndexedSeq());
    if (carried instanceof Project project && source(project).isEmpty()) {
      Optional<Attribute> below = source(project.child());
      if (below.isPresent()) {
        List<NamedExpression> list = new ArrayList<>(Plans.list(project.projectList()));
        list.add(below.get());
        return project.copy(Plans.<NamedExpression>seq(list), project.child());
      }
    }
    return carried;
  }

  private static Optional<Attribute> source(LogicalPlan plan) {
    return Plans.list(plan.output()).stream()
        .filter(attribute -> attribute.name().equals(DecodedColumns.SOURCE))
        .findFirst();
  }
}
