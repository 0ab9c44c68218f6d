/* SPDX-License-Identifier: MIT */
package io.icestream.spark;

import io.icestream.model.Location;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.SourceDefinition;
import io.icestream.spark.decode.Formats;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.environment.SparkSessions;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.query.PipelineQuery;
import io.icestream.spark.query.PipelineTables;
import io.icestream.spark.schema.EvolvedColumns;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.table.SourceColumns;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.StepGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Puts a pipeline together, in the order of the data's way. */
public final class PipelineApp {
  private final PipelineDefinition definition;
  private final Environment environment;
  private final Pace pace;

  /**
   * @param definition what the user wrote
   * @param environment where it runs
   * @param pace how much is read and when
   */
  public PipelineApp(PipelineDefinition definition, Environment environment, Pace pace) {
    this.definition = definition;
    this.environment = environment;
    this.pace = pace;
  }

  /**
   * Starts the pipeline: checks everything that can be checked, provides the tables, starts the
   * query.
   *
   * @throws PipelineFileException if the pipeline file is wrong
   * @throws PipelineFailure if something that it needs is not there
   */
  public PipelineQuery start() {
    QueryPlan plan = QueryPlan.of(definition, sourceColumns(), environment, pace);
    KafkaTopic topic = KafkaTopic.find(plan.source().kafka().topic(), environment.kafka());
    SparkSession spark = SparkSessions.open(environment, plan.pipeline());
    plan = withKeptColumns(spark, plan);
    requireLookups(spark, plan);
    StepGraph graph = checkedSteps(spark, plan);
    TableProvisioning tables = new TableProvisioning(spark);
    PipelineTables.of(plan, graph).forEach(tables::provide);
    return PipelineQuery.start(spark, plan, graph, topic, environment.kafka(), version());
  }

  private StructType sourceColumns() {
    SourceDefinition source = definition.sources().values().iterator().next();
    Optional<String> file = Formats.schemaFile(source.format());
    String text = file.map(f -> readSchema(source, f)).orElse("");
    try {
      return Formats.columns(source.format(), text);
    } catch (IllegalArgumentException e) {
      throw wrong(source.location(), "Schema " + file.orElse("") + " " + e.getMessage() + ".");
    }
  }

  private String readSchema(SourceDefinition source, String file) {
    Path path = definition.resolve(file);
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw wrong(
          source.location(),
          "Schema file '"
              + file
              + "' cannot be read ("
              + path
              + "). Create it, or correct 'schema'.");
    }
  }

  private PipelineFileException wrong(Location location, String message) {
    return new PipelineFileException(definition.file(), List.of(new Problem(location, message)));
  }

  /** A source that has evolved goes on with the columns that it came to. */
  private QueryPlan withKeptColumns(SparkSession spark, QueryPlan plan) {
    SourcePlan source = plan.source();
    if (!Formats.isEvolving(source.format())) {
      return plan;
    }
    Optional<StructType> kept =
        new SourceColumns(spark, plan.quarantineTable(), plan.pipeline(), source.name()).read();
    try {
      return kept.map(columns -> EvolvedColumns.union(source.schema(), columns))
          .map(plan::withSourceColumns)
          .orElse(plan);
    } catch (IllegalArgumentException e) {
      throw wrong(
          source.location(),
          "The schema of source '"
              + source.name()
              + "' contradicts the columns that it has come to while it ran: "
              + e.getMessage()
              + ". Correct the schema, or give the pipeline another name to start afresh.");
    }
  }

  private void requireLookups(SparkSession spark, QueryPlan plan) {
    List<Problem> absent = new ArrayList<>();
    plan.lookups()
        .forEach(
            (name, lookup) -> {
              if (!spark.catalog().tableExists(lookup.table())) {
                absent.add(
                    new Problem(
                        lookup.location(),
                        "Lookup table '"
                            + lookup.table()
                            + "' does not exist in the catalog. Create"
                            + " it, or correct 'table'."));
              } else {
                spark.table(lookup.table()).createOrReplaceTempView(name);
              }
            });
    refuse(absent);
  }

  private StepGraph checkedSteps(SparkSession spark, QueryPlan plan) {
    List<Problem> problems = new ArrayList<>();
    StepGraph graph = StepGraph.check(spark, plan, problems);
    refuse(problems);
    return graph;
  }

  private void refuse(List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new PipelineFileException(definition.file(), problems);
    }
  }

  private static String version() {
    return Optional.ofNullable(PipelineApp.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
