/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.LookupDefinition;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SqlPlaces;
import io.icestream.model.StepDefinition;
import io.icestream.spark.decode.SourceSchema;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.transform.LookupViews;
import io.icestream.spark.transform.StepGraph;
import io.icestream.spark.transform.StepTexts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A pipeline checked with Spark's analyser, without Kafka, a catalog or any row. Lookups are empty
 * views of the columns that the file gives them. What reads a lookup without columns is left out.
 *
 * @param plan the pipeline without the parts that could not be checked
 * @param graph its steps; of no use if there are errors
 * @param findings errors in the order of the file, then notes on what could not be checked
 */
public record CheckedPipeline(QueryPlan plan, StepGraph graph, List<Finding> findings) {

  /** What a batch may hold, which does not matter where none is read from Kafka. */
  private static final Pace PACE = new Pace(Pace.DEFAULT_TRIGGER, true, Pace.DEFAULT_MAX_OFFSETS);

  public CheckedPipeline {
    findings = List.copyOf(findings);
  }

  /**
   * Checks a pipeline.
   *
   * @param spark a session of its own: gets a view for each source, lookup and step
   * @param definition what the user wrote
   * @throws PipelineFileException if the schema of its source is not there or is none
   */
  public static CheckedPipeline of(SparkSession spark, PipelineDefinition definition) {
    QueryPlan whole =
        QueryPlan.of(definition, SourceSchema.read(definition), Environment.OFFLINE, PACE);
    Map<String, String> unchecked = unchecked(whole);
    QueryPlan plan = without(whole, unchecked);
    List<Problem> problems = new ArrayList<>();
    LookupViews.ofColumns(spark, plan.lookups(), problems);
    StepGraph graph = StepGraph.check(spark, plan, problems);
    problems.addAll(textProblems(definition, unchecked));
    List<Finding> findings = new ArrayList<>();
    SqlPlaces.resolved(definition.file(), problems).stream()
        .sorted(
            Comparator.comparingInt((Problem p) -> p.location().line())
                .thenComparingInt(p -> p.location().column()))
        .forEach(problem -> findings.add(Finding.error(problem)));
    unchecked.forEach((step, lookup) -> findings.add(note(whole, step, lookup)));
    return new CheckedPipeline(plan, graph, findings);
  }

  /**
   * As {@link #of}, where a pipeline with errors is of no use.
   *
   * @throws PipelineFileException if anything is wrong, or could not be checked
   */
  public static CheckedPipeline required(SparkSession spark, PipelineDefinition definition) {
    CheckedPipeline checked = of(spark, definition);
    if (!checked.findings().isEmpty()) {
      throw new PipelineFileException(
          definition.file(),
          checked.findings().stream().map(f -> new Problem(f.location(), f.message())).toList());
    }
    return checked;
  }

  /** Steps that cannot be checked, with the lookup whose columns are not known. */
  private static Map<String, String> unchecked(QueryPlan plan) {
    Map<String, String> unchecked = new LinkedHashMap<>();
    plan.lookups().entrySet().stream()
        .filter(lookup -> lookup.getValue().columns().isEmpty())
        .forEach(lookup -> addReaders(plan, lookup.getKey(), unchecked));
    return unchecked;
  }

  private static void addReaders(QueryPlan plan, String lookup, Map<String, String> readers) {
    plan.steps()
        .forEach(
            (name, step) -> {
              for (String read : StepTexts.relations(step.sql())) {
                if (read.equals(lookup) || lookup.equals(readers.get(read))) {
                  readers.putIfAbsent(name, lookup);
                }
              }
            });
  }

  private static QueryPlan without(QueryPlan plan, Map<String, String> steps) {
    Map<String, StepDefinition> rest = new LinkedHashMap<>(plan.steps());
    rest.keySet().removeAll(steps.keySet());
    Map<String, LookupDefinition> lookups = new LinkedHashMap<>(plan.lookups());
    lookups.keySet().removeAll(steps.values());
    List<SinkDefinition> sinks =
        plan.sinks().stream().filter(sink -> !steps.containsKey(sink.from())).toList();
    return new QueryPlan(
        plan.pipeline(),
        plan.source(),
        lookups,
        rest,
        sinks,
        plan.quarantineTable(),
        plan.checkpoint(),
        plan.rules(),
        plan.pace());
  }

  /** The syntax and names of steps whose columns are not known. */
  private static List<Problem> textProblems(
      PipelineDefinition definition, Map<String, String> unchecked) {
    if (unchecked.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>(definition.sources().keySet());
    names.addAll(definition.lookups().keySet());
    Map<String, StepDefinition> rest = new LinkedHashMap<>();
    definition
        .steps()
        .forEach(
            (name, step) -> {
              if (unchecked.containsKey(name)) {
                rest.put(name, step);
              } else {
                names.add(name);
              }
            });
    return StepTexts.check(rest, names);
  }

  private static Finding note(QueryPlan plan, String step, String lookup) {
    return Finding.note(
        plan.lookups().get(lookup).location(),
        "The columns and types of step '"
            + step
            + "' are not checked: it reads lookup '"
            + lookup
            + "', whose columns are known only where its table is. Name them under 'columns' of"
            + " the lookup, for example 'columns: { id: string }'.");
  }
}
