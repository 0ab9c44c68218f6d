/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import io.icestream.model.LookupDefinition;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SourceDefinition;
import io.icestream.model.StepDefinition;
import io.icestream.spark.environment.Environment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.types.StructType;

/**
 * A pipeline in an environment, everything resolved.
 *
 * @param pipeline the pipeline's name
 * @param source what is read
 * @param lookups reference tables by the name that SQL uses
 * @param steps SQL steps by name, in the order of the file
 * @param sinks tables written, in the order of the file
 * @param quarantineTable the table of rejected rows
 * @param checkpoint folder or URI of this pipeline's checkpoint
 * @param rules short name of what the file and its schemas say about what becomes of a record;
 *     empty if it is made of no file
 * @param pace how much is read and when
 */
public record QueryPlan(
    String pipeline,
    SourcePlan source,
    Map<String, LookupDefinition> lookups,
    Map<String, StepDefinition> steps,
    List<SinkDefinition> sinks,
    String quarantineTable,
    String checkpoint,
    String rules,
    Pace pace) {
  public QueryPlan {
    Objects.requireNonNull(pipeline, "pipeline");
    Objects.requireNonNull(source, "source");
    lookups = Collections.unmodifiableMap(new LinkedHashMap<>(lookups));
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    sinks = List.copyOf(sinks);
    Objects.requireNonNull(rules, "rules");
  }

  /**
   * Resolves a definition.
   *
   * @param definition what the user wrote
   * @param schema the columns that the source's format gives, for formats that need no more
   * @param environment where it runs
   * @param pace how much is read and when
   */
  public static QueryPlan of(
      PipelineDefinition definition, StructType schema, Environment environment, Pace pace) {
    return of(definition, RecordSchema.of(schema), environment, pace);
  }

  /**
   * Resolves a definition.
   *
   * @param definition what the user wrote
   * @param schema what the source's schema files say
   * @param environment where it runs
   * @param pace how much is read and when
   * @throws io.icestream.spark.failure.PipelineFailure if the source needs a schema registry and
   *     the environment has none of its kind
   */
  public static QueryPlan of(
      PipelineDefinition definition, RecordSchema schema, Environment environment, Pace pace) {
    Map.Entry<String, SourceDefinition> source = definition.sources().entrySet().iterator().next();
    return new QueryPlan(
        definition.name(),
        SourcePlan.of(source.getKey(), source.getValue(), schema, environment),
        definition.lookups(),
        definition.steps(),
        List.copyOf(definition.sinks().values()),
        definition.quarantine().table(),
        environment.checkpoints().replaceAll("/+$", "") + "/" + definition.name(),
        RowRules.of(definition, schema),
        pace);
  }

  /** All tables that the pipeline writes, the quarantine table last. */
  public List<String> tables() {
    List<String> tables = new ArrayList<>(sinks.stream().map(SinkDefinition::table).toList());
    tables.add(quarantineTable);
    return tables;
  }

  /** The same plan over a source with other columns. */
  public QueryPlan withSourceColumns(StructType columns) {
    return withSource(source.withColumns(columns));
  }

  /** The same plan for binary records without the header of a schema registry. */
  public QueryPlan withoutRegistry() {
    return withSource(source.withoutRegistry());
  }

  private QueryPlan withSource(SourcePlan other) {
    return new QueryPlan(
        pipeline, other, lookups, steps, sinks, quarantineTable, checkpoint, rules, pace);
  }
}
