/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import io.icestream.model.Expectation;
import io.icestream.model.Location;
import io.icestream.model.Problem;
import io.icestream.model.SinkDefinition;
import io.icestream.model.StepDefinition;
import io.icestream.model.Suggestion;
import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.expect.RoutedStep;
import io.icestream.spark.plan.QueryPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The steps of a pipeline, checked with Spark's analyser against no rows at all: every name, type
 * and operator is known to be right before anything is read.
 */
public final class StepGraph {
  static final Set<String> RESERVED =
      Set.of(
          DecodedColumns.STAGE,
          DecodedColumns.REASON,
          DecodedColumns.DETAIL,
          RoutedStep.ROUTE,
          RoutedStep.WARNING,
          WindowAggregate.STATE,
          "kafka_topic",
          "kafka_partition",
          "kafka_offset",
          "kafka_timestamp",
          "kafka_line");

  private final Map<String, CheckedStep> steps = new LinkedHashMap<>();
  private final Map<String, StructType> outputs = new LinkedHashMap<>();
  private final Map<String, Set<String>> groups = new HashMap<>();
  private final Map<String, Map<String, String>> expressions = new HashMap<>();
  private final Set<String> wrongSteps = new LinkedHashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private final SparkSession spark;
  private final QueryPlan plan;

  /**
   * A step that is right.
   *
   * @param name its name
   * @param definition what the user wrote
   * @param upstream the source or row step whose rows it takes
   * @param window whether it is a GROUP BY
   */
  public record CheckedStep(
      String name, StepDefinition definition, String upstream, boolean window) {}

  private StepGraph(SparkSession spark, QueryPlan plan) {
    this.spark = spark;
    this.plan = plan;
  }

  /**
   * Checks the steps and sinks of a plan.
   *
   * @param spark has the lookup tables in its catalog; its temporary views are overwritten
   * @param plan the plan
   * @param problems takes what is wrong
   * @return the graph; of no use if there are problems
   */
  public static StepGraph check(SparkSession spark, QueryPlan plan, List<Problem> problems) {
    StepGraph graph = new StepGraph(spark, plan);
    graph.checkSource();
    plan.steps().forEach(graph::checkStep);
    plan.sinks().forEach(graph::checkSink);
    problems.addAll(graph.problems);
    return graph;
  }

  /** The steps in the order of the file. */
  public List<CheckedStep> steps() {
    return List.copyOf(steps.values());
  }

  /** Whether rows of this name are groups of a window step. */
  public boolean isWindow(String name) {
    return groups.containsKey(name);
  }

  /**
   * The columns that a step or source gives; for a window step those of the table it feeds. {@link
   * DecodedColumns#SOURCE} is not among them.
   */
  public StructType columns(String name) {
    return outputs.get(name);
  }

  /**
   * What the columns of a window step are computed by, by name, however the step's input is called;
   * empty for row steps and the source.
   */
  public Map<String, String> expressions(String name) {
    return expressions.getOrDefault(name, Map.of());
  }

  private void checkSource() {
    StructType schema = plan.source().schema().asNullable();
    outputs.put(plan.source().name(), schema);
    empty(schema.add(DecodedColumns.SOURCE, DecodedColumns.SOURCE_TYPE))
        .createOrReplaceTempView(plan.source().name());
    plan.source().eventTime().ifPresent(column -> checkEventTime(column, schema));
    checkColumnNames(
        schema.add(DecodedColumns.SOURCE, DecodedColumns.SOURCE_TYPE),
        message ->
            problem(plan.source().location(), "Source '" + plan.source().name() + "': " + message));
  }

  private void checkEventTime(String column, StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    String what = "'event_time' of source '" + plan.source().name() + "' is '" + column + "', ";
    if (!names.contains(column)) {
      problem(
          plan.source().location(),
          what + "which its format does not have. " + Suggestion.of(column, names));
    } else if (!(schema.apply(column).dataType() instanceof TimestampType)) {
      problem(
          plan.source().location(),
          what
              + "which is "
              + schema.apply(column).dataType().simpleString()
              + ". It has to be a timestamp.");
    }
  }

  private void checkStep(String name, StepDefinition step) {
    SqlProblems found = new SqlProblems(step.sql());
    Set<String> known = new LinkedHashSet<>(List.of(plan.source().name()));
    known.addAll(plan.lookups().keySet());
    known.addAll(wrongSteps);
    steps.values().stream().filter(s -> !s.window()).forEach(s -> known.add(s.name()));
    List<String> read =
        StepDialect.read(spark.sessionState().sqlParser(), step.sql(), known, found);
    if (read.stream().anyMatch(wrongSteps::contains)) {
      wrongSteps.add(name); // for a reason that is reported where it lies
      return;
    }
    List<String> streams = read.stream().filter(r -> !plan.lookups().containsKey(r)).toList();
    if (found.isEmpty() && streams.size() != 1) {
      found.add(
          "A step reads rows from exactly one source or row step, beside lookups; found "
              + (streams.isEmpty() ? "none" : String.join(", ", streams))
              + ".");
    }
    Optional<Dataset<Row>> rows =
        found.isEmpty() ? SqlErrors.attempt(() -> spark.sql(step.sql()), found) : Optional.empty();
    if (rows.isPresent()) {
      boolean window = StepDialect.isAggregate(rows.get().queryExecution().analyzed());
      steps.put(name, new CheckedStep(name, step, streams.get(0), window));
      if (window) {
        checkWindowStep(name, step, rows.get(), found);
      } else {
        checkRowStep(name, step, rows.get(), found);
      }
    }
    if (!found.isEmpty()) {
      wrongSteps.add(name);
    }
    problems.addAll(found.at(step.location(), "Step '" + name + "': "));
  }

  private void checkWindowStep(
      String name, StepDefinition step, Dataset<Row> rows, SqlProblems found) {
    if (!step.expectations().isEmpty()) {
      found.add("A step with GROUP BY has no rows to check. Put 'expect' at the step before.");
    }
    if (!step.batchExpectations().isEmpty()) {
      found.add(
          "A step with GROUP BY has no rows to measure. Put 'expect_batch' at the step before.");
    }
    LogicalPlan analyzed = rows.queryExecution().analyzed();
    StepDialect.checkRepeatable(analyzed, found);
    StepDialect.checkRowStep(Plans.withoutAliases(analyzed).children().head(), found);
    checkColumnNames(rows.schema(), found::add);
    List<String> messages = new ArrayList<>();
    WindowAggregate.of(rows, messages)
        .ifPresent(
            aggregate -> {
              outputs.put(name, aggregate.rows().schema());
              groups.put(name, new LinkedHashSet<>(aggregate.groups()));
              expressions.put(name, aggregate.expressions());
            });
    messages.forEach(found::add);
  }

  private void checkRowStep(
      String name, StepDefinition step, Dataset<Row> rows, SqlProblems found) {
    StepDialect.checkRepeatable(rows.queryExecution().analyzed(), found);
    StepDialect.checkRowStep(rows.queryExecution().analyzed(), found);
    checkColumnNames(rows.schema(), found::add);
    if (!found.isEmpty()) {
      return;
    }
    Dataset<Row> carried = HiddenSource.carry(rows);
    StructType columns = carried.drop(DecodedColumns.SOURCE).schema();
    outputs.put(name, columns);
    carried.createOrReplaceTempView(name);
    step.expectations().forEach(expectation -> checkExpectation(name, carried, expectation));
    problems.addAll(BatchExpectationCheck.check(name, step, columns));
  }

  private void checkColumnNames(StructType columns, Consumer<String> found) {
    Set<String> seen = new HashSet<>();
    for (var field : columns.fields()) {
      if (RESERVED.contains(field.name().toLowerCase(Locale.ROOT))) {
        found.accept(
            "Column '" + field.name() + "' has a name that Icestream needs. Give it another.");
      }
      if (!seen.add(field.name().toLowerCase(Locale.ROOT))) {
        found.accept("Column '" + field.name() + "' stands twice. Give one of them another name.");
      }
      if (field.dataType() instanceof NullType) {
        found.accept("Column '" + field.name() + "' has no type. CAST the NULL.");
      }
    }
  }

  private void checkExpectation(String step, Dataset<Row> rows, Expectation expectation) {
    SqlProblems found = new SqlProblems(expectation.check());
    StepDialect.readCheck(spark.sessionState().sqlParser(), expectation.check(), found);
    if (found.isEmpty()) {
      SqlErrors.attempt(() -> RoutedStep.checkOnly(rows, expectation), found)
          .map(
              check -> {
                StepDialect.checkRepeatable(check.queryExecution().analyzed(), found);
                return check.schema().fields()[0].dataType();
              })
          .filter(type -> !(type instanceof BooleanType))
          .ifPresent(type -> found.add("it is " + type.simpleString() + ", not true or false."));
    }
    if (found.isEmpty()) {
      // A filter may not count rows, look at other rows or make rows, and neither may a check
      SqlErrors.attempt(() -> rows.filter(expectation.check()), found);
    }
    problems.addAll(
        found.at(
            expectation.location(),
            "Expectation '" + expectation.name() + "' of step '" + step + "': "));
  }

  private void checkSink(SinkDefinition sink) {
    StructType columns = outputs.get(sink.from());
    if (columns != null) { // otherwise its step is wrong, which is reported there
      problems.addAll(SinkCheck.check(sink, columns, Optional.ofNullable(groups.get(sink.from()))));
    }
  }

  private Dataset<Row> empty(StructType schema) {
    return spark.createDataFrame(List.of(), schema);
  }

  private void problem(Location location, String message) {
    problems.add(new Problem(location, message));
  }
}
