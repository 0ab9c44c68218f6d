/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Complete$;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A window step over one batch: a GROUP BY whose aggregates are kept as partial values.
 *
 * <p>The table that the step feeds holds, beside the values that the user asked for, the partial
 * values they are made of ({@link #STATE}). A batch is reduced by itself, merged with the partial
 * values of the groups that it touches, and written back as full values. So the table is the state:
 * a late row updates its old window, and a lost checkpoint loses nothing.
 */
public final class WindowAggregate {
  /** The column of the partial values. */
  public static final String STATE = "_state";

  /** The partial value that counts a group's rows, whatever the user asked for. */
  public static final String ROWS = "rows";

  private final Dataset<Row> partial;
  private final List<String> groups;
  private final List<Partial> partials;
  private final List<Measure> measures;
  private final Map<String, String> expressions;

  private record Partial(String name, Reduction reduction) {
    /** Its name beside the columns of groups, any of which may be called as a partial value is. */
    String flatName() {
      return STATE + "." + name;
    }
  }

  /** A column of aggregates: its expression, with partial values in their place. */
  private record Measure(String name, Expression value, DataType type) {}

  private WindowAggregate(
      Dataset<Row> partial,
      List<String> groups,
      List<Partial> partials,
      List<Measure> measures,
      Map<String, String> expressions) {
    this.expressions = Map.copyOf(expressions);
    this.partial = partial;
    this.groups = List.copyOf(groups);
    this.partials = List.copyOf(partials);
    this.measures = List.copyOf(measures);
  }

  /**
   * Takes a step's query apart.
   *
   * @param step the step's query over one batch
   * @param problems takes messages where the query is more than can be kept; the result is then of
   *     no use
   */
  static Optional<WindowAggregate> of(Dataset<Row> step, List<String> problems) {
    Aggregate aggregate = (Aggregate) Plans.withoutAliases(step.queryExecution().analyzed());
    for (LogicalPlan node : Plans.nodes(aggregate)) {
      if (node instanceof Expand) {
        problems.add(
            "Sliding windows are not allowed: a row would count in several windows. Use"
                + " window(column, duration) alone.");
        return Optional.empty();
      }
    }
    return new Builder(step.sparkSession(), aggregate, problems).build();
  }

  /** The columns that identify a group. */
  public List<String> groups() {
    return groups;
  }

  /** What each column but {@link #STATE} is computed by, in SQL, by name. */
  Map<String, String> expressions() {
    return expressions;
  }

  /** The batch alone, reduced: the groups' columns and {@link #STATE}. */
  public Dataset<Row> partial() {
    return partial;
  }

  /**
   * Merges the batch with what the table has.
   *
   * @param batch {@link #partial()}, perhaps kept in memory
   * @param table the table's rows, with {@link #groups()} and {@link #STATE} among the columns
   * @return full rows of the groups that the batch touches, in the order of {@link #rows()}
   */
  public Dataset<Row> mergedWith(Dataset<Row> batch, Dataset<Row> table) {
    Dataset<Row> old = table.select(renamed("old_"));
    Column sameGroup =
        groups.stream()
            .map(g -> batch.col(quoted(g)).eqNullSafe(old.col(quoted("old_" + g))))
            .reduce(Column::and)
            .orElseThrow();
    Dataset<Row> joined = batch.join(old, sameGroup, "left");
    List<Column> columns = new ArrayList<>();
    groups.forEach(g -> columns.add(batch.col(quoted(g))));
    StructType types = (StructType) batch.schema().apply(STATE).dataType();
    for (Partial p : partials) {
      Column mine = batch.col(STATE).getField(p.name());
      Column before = old.col("old_" + STATE).getField(p.name());
      // The sum of two decimals has a digit more than the table's column
      DataType type = types.apply(p.name()).dataType();
      columns.add(p.reduction().merge(mine, before).cast(type).as(p.flatName()));
    }
    return rows(joined.select(columns.toArray(Column[]::new)));
  }

  /** Full rows of the batch alone: what an empty table would get. */
  public Dataset<Row> rows() {
    List<Column> columns = new ArrayList<>();
    groups.forEach(g -> columns.add(col(quoted(g))));
    partials.forEach(p -> columns.add(col(STATE).getField(p.name()).as(p.flatName())));
    return rows(partial.select(columns.toArray(Column[]::new)));
  }

  /** Makes groups, measures and state of groups and partial values. */
  private Dataset<Row> rows(Dataset<Row> merged) {
    List<Column> columns = new ArrayList<>();
    groups.forEach(g -> columns.add(col(quoted(g))));
    measures.forEach(m -> columns.add(new Column(m.value()).cast(m.type()).as(m.name())));
    columns.add(state(partials));
    return merged.select(columns.toArray(Column[]::new));
  }

  private static Column state(List<Partial> partials) {
    return struct(
            partials.stream()
                .map(p -> col(quoted(p.flatName())).as(p.name()))
                .toArray(Column[]::new))
        .as(STATE);
  }

  private Column[] renamed(String prefix) {
    List<Column> columns = new ArrayList<>();
    groups.forEach(g -> columns.add(col(quoted(g)).as(prefix + g)));
    columns.add(col(STATE).as(prefix + STATE));
    return columns.toArray(Column[]::new);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** Splits an analysed aggregate into groups, partial values and measures. */
  private static final class Builder {
    private final SparkSession spark;
    private final Aggregate aggregate;
    private final List<String> problems;
    private final List<String> groups = new ArrayList<>();
    private final List<Partial> partials = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private final List<NamedExpression> output = new ArrayList<>();
    private final Map<String, String> expressions = new HashMap<>();

    Builder(SparkSession spark, Aggregate aggregate, List<String> problems) {
      this.spark = spark;
      this.aggregate = aggregate;
      this.problems = problems;
    }

    Optional<WindowAggregate> build() {
      keep(
          ROWS,
          Reduction.COUNT,
          new Count(Plans.<Expression>seq(List.of(lit(1).expr()))),
          Option.empty());
      for (NamedExpression column : Plans.list(aggregate.aggregateExpressions())) {
        Expression expression = (Expression) column;
        expressions.put(column.name(), text(expression));
        if (Plans.nodes(expression).stream().anyMatch(AggregateExpression.class::isInstance)) {
          addMeasure(column.name(), expression);
        } else {
          groups.add(column.name());
          output.add(groups.size() - 1, column);
        }
      }
      if (groups.size() < aggregate.groupingExpressions().size()) {
        problems.add("Each column of GROUP BY has to be selected: together they are the key.");
      }
      if (!problems.isEmpty()) {
        return Optional.empty();
      }
      LogicalPlan reduced =
          new Aggregate(
              aggregate.groupingExpressions(),
              Plans.<NamedExpression>seq(output),
              aggregate.child());
      List<Column> columns = new ArrayList<>();
      groups.forEach(g -> columns.add(col(quoted(g))));
      columns.add(state(partials));
      Dataset<Row> partial = Plans.dataset(spark, reduced).select(columns.toArray(Column[]::new));
      return Optional.of(new WindowAggregate(partial, groups, partials, measures, expressions));
    }

    /** The names of inputs are left out: a step may be renamed without changing what it gives. */
    private static String text(Expression expression) {
      Expression value = expression instanceof Alias alias ? alias.child() : expression;
      return Plans.replace(
              value,
              node ->
                  node instanceof AttributeReference attribute
                      ? attribute.withQualifier(Plans.seq(List.of()))
                      : node)
          .sql();
    }

    private void addMeasure(String name, Expression expression) {
      int before = problems.size();
      Expression value = expression instanceof Alias alias ? alias.child() : expression;
      Expression kept =
          Plans.replace(
              value, node -> node instanceof AggregateExpression a ? partialsOf(name, a) : node);
      boolean mixed =
          Plans.nodes(kept).stream()
              .anyMatch(
                  node ->
                      node instanceof NamedExpression
                          && !(node instanceof UnresolvedAttribute)
                          && !(node instanceof Alias));
      if (mixed && problems.size() == before) {
        problems.add(
            "Column '" + name + "' mixes aggregates with other columns. Select them apart.");
      }
      measures.add(new Measure(name, kept, expression.dataType()));
    }

    /** Keeps a function's partial values; gives the expression that makes its value of them. */
    private Expression partialsOf(String column, AggregateExpression original) {
      Optional<List<Reduction>> reductions = Reduction.of(original);
      if (reductions.isEmpty()) {
        problems.add(
            "Aggregate '"
                + original.sql()
                + "' cannot be kept across batches. Allowed: "
                + Reduction.ALLOWED
                + ".");
        return original;
      }
      List<Column> kept = new ArrayList<>();
      for (Reduction reduction : reductions.get()) {
        String suffix = reduction.name().toLowerCase(Locale.ROOT);
        String name = column + "_" + suffix;
        for (int i = 2; isTaken(name); i++) {
          name = column + "_" + suffix + i;
        }
        Partial partial =
            keep(name, reduction, reduction.over(original.aggregateFunction()), original.filter());
        kept.add(col(quoted(partial.flatName())));
      }
      return original.aggregateFunction() instanceof Average
          ? kept.get(0).divide(kept.get(1)).expr()
          : kept.get(0).expr();
    }

    private boolean isTaken(String name) {
      return partials.stream().anyMatch(p -> p.name().equals(name));
    }

    private Partial keep(
        String name, Reduction reduction, AggregateFunction function, Option<Expression> filter) {
      Partial partial = new Partial(name, reduction);
      partials.add(partial);
      AggregateExpression expression =
          new AggregateExpression(
              function, Complete$.MODULE$, false, filter, NamedExpression.newExprId());
      output.add(
          new Alias(
              expression,
              partial.flatName(),
              NamedExpression.newExprId(),
              Plans.seq(List.of()),
              Option.empty(),
              Plans.seq(List.of())));
      return partial;
    }
  }
}
