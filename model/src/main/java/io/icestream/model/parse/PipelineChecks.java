/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.SinkDefinition.Rows;
import io.icestream.model.Suggestion;
import io.icestream.model.shape.Entries;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.Problems;
import io.icestream.model.shape.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules that span several parts of the file, which no JSON Schema can say. Stateless; each check
 * reports all it finds, and leaves out what was reported as wrong before.
 */
final class PipelineChecks {
  private PipelineChecks() {}

  /**
   * Checks a pipeline.
   *
   * @param pipeline what could be read of it
   * @param problems takes what is wrong
   */
  static void check(Values pipeline, Problems problems) {
    checkSharedNames(pipeline, problems);
    checkQuarantineTable(pipeline, problems);
    checkSinkOrigins(pipeline, problems);
    checkLateRows(pipeline, problems);
    FormatChecks.check(pipeline, problems);
    ExpectationChecks.check(pipeline, problems);
    LookupChecks.check(pipeline, problems);
    TestChecks.check(pipeline, problems);
  }

  /** Sources, lookups and steps share the names of SQL. */
  private static void checkSharedNames(Values pipeline, Problems problems) {
    Map<String, String> seen = new HashMap<>();
    checkSharedNames("Source", pipeline, PipelineShape.SOURCES, seen, problems);
    checkSharedNames("Lookup", pipeline, PipelineShape.LOOKUPS, seen, problems);
    checkSharedNames("Step", pipeline, PipelineShape.STEPS, seen, problems);
  }

  private static void checkSharedNames(
      String kind,
      Values pipeline,
      Key<Entries<Values>> key,
      Map<String, String> seen,
      Problems problems) {
    for (Entries.Entry<Values> entry : entries(pipeline, key).all()) {
      String other = seen.put(entry.name(), kind);
      if (other != null) {
        problems.add(
            entry.location(),
            kind + " '" + entry.name() + "' has the name of a " + other + ". Rename one.");
      }
    }
  }

  private static void checkQuarantineTable(Values pipeline, Problems problems) {
    pipeline
        .find(PipelineShape.QUARANTINE)
        .ifPresent(
            quarantine -> {
              List<String> sinks = entries(pipeline, PipelineShape.SINKS).names();
              if (quarantine.find(SinkShape.TABLE).filter(sinks::contains).isPresent()) {
                problems.add(
                    quarantine.location(SinkShape.TABLE),
                    "The quarantine's table, "
                        + quarantine.shown(SinkShape.TABLE)
                        + ", is a sink too. Give the quarantine a table of its own.");
              }
            });
  }

  private static void checkSinkOrigins(Values pipeline, Problems problems) {
    List<String> origins = new ArrayList<>(entries(pipeline, PipelineShape.STEPS).names());
    origins.addAll(entries(pipeline, PipelineShape.SOURCES).names());
    entries(pipeline, PipelineShape.SINKS)
        .forEach(
            (entry, sink) ->
                sink.find(SinkShape.FROM)
                    .filter(from -> !origins.contains(from))
                    .ifPresent(
                        from ->
                            problems.add(
                                sink.location(SinkShape.FROM),
                                "Sink '"
                                    + entry.name()
                                    + "' takes rows from "
                                    + sink.shown(SinkShape.FROM)
                                    + ", which is no step or source. "
                                    + alternatives(sink, SinkShape.FROM, from, origins))));
  }

  /** Only a source with a watermark has late rows. */
  private static void checkLateRows(Values pipeline, Problems problems) {
    List<String> late = new ArrayList<>();
    entries(pipeline, PipelineShape.SOURCES)
        .forEach(
            (entry, source) -> {
              if (source.find(SourceShape.WATERMARK).isPresent()) {
                late.add(entry.name());
              }
            });
    entries(pipeline, PipelineShape.SINKS)
        .forEach(
            (entry, sink) -> {
              boolean wantsLate = sink.find(SinkShape.ROWS).filter(Rows.LATE::equals).isPresent();
              boolean isThere = sink.find(SinkShape.FROM).filter(late::contains).isPresent();
              if (wantsLate && !isThere) {
                problems.add(
                    sink.location(SinkShape.ROWS),
                    "Sink '"
                        + entry.name()
                        + "' takes the late rows of "
                        + sink.shown(SinkShape.FROM)
                        + ", which is no source with a 'watermark'. "
                        + (late.isEmpty()
                            ? "Give the source 'event_time' and 'watermark'."
                            : "Sources with one: " + String.join(", ", late) + "."));
              }
            });
  }

  /** The entries of a key; none if it is not there or wrong. */
  static Entries<Values> entries(Values pipeline, Key<Entries<Values>> key) {
    return pipeline.find(key).orElse(new Entries<>(List.of()));
  }

  private static String alternatives(
      Values values, Key<String> key, String found, List<String> allowed) {
    return values.isSubstituted(key)
        ? "Allowed: " + String.join(", ", allowed) + "."
        : Suggestion.of(found, allowed);
  }
}
