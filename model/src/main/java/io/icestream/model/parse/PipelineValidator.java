/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.Location;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.SinkDefinition;
import io.icestream.model.Suggestion;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules that span several parts of the file. Stateless; each check reports all it finds. */
final class PipelineValidator {
  private static final Pattern PIPELINE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,62}");
  private static final Pattern SQL_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
  private static final Pattern TABLE_NAME =
      Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)+");

  private PipelineValidator() {}

  /**
   * Checks a pipeline.
   *
   * @param pipeline the parts of it that could be read
   * @param origins names that a sink may take rows from, including those of unreadable parts, so
   *     that one mistake is not reported twice
   * @param problems takes what is wrong
   */
  static void validate(PipelineDefinition pipeline, Set<String> origins, Problems problems) {
    checkPipelineName(pipeline, problems);
    checkOneSource(pipeline, problems);
    checkSqlNames(pipeline, problems);
    checkTableNames(pipeline, problems);
    checkSinkOrigins(pipeline, origins, problems);
    checkSinkKeys(pipeline, problems);
  }

  private static void checkPipelineName(PipelineDefinition pipeline, Problems problems) {
    if (!pipeline.name().isEmpty() && !PIPELINE_NAME.matcher(pipeline.name()).matches()) {
      problems.add(
          Location.START,
          "'name' is '" + pipeline.name() + "'. Use letters, digits and dashes, a letter first.");
    }
  }

  private static void checkOneSource(PipelineDefinition pipeline, Problems problems) {
    pipeline.sources().entrySet().stream()
        .skip(1)
        .forEach(
            extra ->
                problems.add(
                    extra.getValue().location(),
                    "Source '"
                        + extra.getKey()
                        + "' is the second one: a pipeline reads one source."
                        + " Put it into a pipeline file of its own."));
  }

  private static void checkSqlNames(PipelineDefinition pipeline, Problems problems) {
    Map<String, String> seen = new HashMap<>();
    pipeline.sources().forEach((n, s) -> checkSqlName("Source", n, s.location(), seen, problems));
    pipeline.lookups().forEach((n, l) -> checkSqlName("Lookup", n, l.location(), seen, problems));
    pipeline.steps().forEach((n, s) -> checkSqlName("Step", n, s.location(), seen, problems));
  }

  private static void checkSqlName(
      String kind, String name, Location at, Map<String, String> seen, Problems problems) {
    if (!SQL_NAME.matcher(name).matches()) {
      problems.add(
          at,
          kind
              + " '"
              + name
              + "' cannot be named in SQL. Use letters, digits and underscores,"
              + " a letter first.");
    }
    String other = seen.put(name, kind);
    if (other != null) {
      problems.add(at, kind + " '" + name + "' has the name of a " + other + ". Rename one.");
    }
  }

  private static void checkTableNames(PipelineDefinition pipeline, Problems problems) {
    pipeline.sinks().forEach((table, s) -> checkTableName(table, s.location(), problems));
    pipeline.lookups().values().forEach(l -> checkTableName(l.table(), l.location(), problems));
    String quarantine = pipeline.quarantine().table();
    checkTableName(quarantine, pipeline.quarantine().location(), problems);
    if (pipeline.sinks().containsKey(quarantine)) {
      problems.add(
          pipeline.quarantine().location(),
          "Table '" + quarantine + "' is a sink too. Give the quarantine a table of its own.");
    }
  }

  private static void checkTableName(String table, Location at, Problems problems) {
    if (!table.isEmpty() && !TABLE_NAME.matcher(table).matches()) {
      problems.add(
          at, "'" + table + "' is no table name. Write namespace.name, for example iot.readings.");
    }
  }

  private static void checkSinkOrigins(
      PipelineDefinition pipeline, Set<String> origins, Problems problems) {
    for (SinkDefinition sink : pipeline.sinks().values()) {
      if (!sink.from().isEmpty() && !origins.contains(sink.from())) {
        problems.add(
            sink.location(),
            "Sink '"
                + sink.table()
                + "' takes rows from '"
                + sink.from()
                + "', which is no step"
                + " or source. "
                + Suggestion.of(sink.from(), origins));
      }
    }
  }

  private static void checkSinkKeys(PipelineDefinition pipeline, Problems problems) {
    for (SinkDefinition sink : pipeline.sinks().values()) {
      boolean upsert = sink.mode() == SinkDefinition.Mode.UPSERT;
      if (upsert && sink.key().isEmpty()) {
        problems.add(
            sink.location(),
            "Sink '"
                + sink.table()
                + "' has mode upsert and no 'key'. Name the columns that"
                + " identify a row.");
      }
      if (!upsert && !sink.key().isEmpty()) {
        problems.add(
            sink.location(),
            "Sink '"
                + sink.table()
                + "' has mode append, which has no 'key'. Remove the key or"
                + " use mode upsert.");
      }
    }
  }
}
