/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.Suggestion;
import io.icestream.model.shape.Entries;
import io.icestream.model.shape.Problems;
import io.icestream.model.shape.Values;
import io.icestream.model.shape.Written;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks of the tests of a file: what they are called, and what they give and expect. */
final class TestChecks {
  private TestChecks() {}

  static void check(Values pipeline, Problems problems) {
    List<String> lookups = PipelineChecks.entries(pipeline, PipelineShape.LOOKUPS).names();
    List<String> given =
        new ArrayList<>(PipelineChecks.entries(pipeline, PipelineShape.SOURCES).names());
    given.addAll(lookups);
    List<String> expected = tables(pipeline);
    Set<String> names = new HashSet<>();
    for (Written<Values> test : pipeline.find(PipelineShape.TESTS).orElse(List.of())) {
      checkName(test.value(), names, problems);
      test.value()
          .find(PipelineShape.GIVEN)
          .ifPresent(
              entries -> {
                checkNames("'given' has", "source or lookup", entries, given, problems);
                checkLookupRows(entries, lookups, problems);
              });
      test.value()
          .find(PipelineShape.TEST_EXPECT)
          .ifPresent(
              entries ->
                  checkNames(
                      "'expect' has", "sink or quarantine table", entries, expected, problems));
    }
  }

  private static List<String> tables(Values pipeline) {
    List<String> tables =
        new ArrayList<>(PipelineChecks.entries(pipeline, PipelineShape.SINKS).names());
    Optional<Values> quarantine = pipeline.find(PipelineShape.QUARANTINE);
    quarantine.flatMap(q -> q.find(SinkShape.TABLE)).ifPresent(tables::add);
    return tables;
  }

  private static void checkName(Values test, Set<String> names, Problems problems) {
    if (test.find(PipelineShape.TEST_NAME).filter(name -> !names.add(name)).isPresent()) {
      problems.add(
          test.location(PipelineShape.TEST_NAME),
          "A test above has the name " + test.shown(PipelineShape.TEST_NAME) + " too. Rename one.");
    }
  }

  private static <T> void checkNames(
      String where, String kind, Entries<T> entries, List<String> known, Problems problems) {
    for (Entries.Entry<T> entry : entries.all()) {
      if (!known.contains(entry.name())) {
        problems.add(
            entry.location(),
            where
                + " '"
                + entry.name()
                + "', which is no "
                + kind
                + ". "
                + Suggestion.of(entry.name(), known));
      }
    }
  }

  private static void checkLookupRows(
      Entries<List<Written<Object>>> given, List<String> lookups, Problems problems) {
    given.forEach(
        (entry, rows) -> {
          if (lookups.contains(entry.name())) {
            rows.stream()
                .filter(row -> !(row.value() instanceof Map))
                .forEach(
                    row ->
                        problems.add(
                            row.location(),
                            "A row of lookup '"
                                + entry.name()
                                + "' has to be a mapping of columns to values, found "
                                + row.shown()
                                + "."));
          }
        });
  }
}
