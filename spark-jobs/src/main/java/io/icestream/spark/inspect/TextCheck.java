/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.Location;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.ReadableSteps;
import io.icestream.model.SqlPlaces;
import io.icestream.spark.decode.SourceSchema;
import io.icestream.spark.transform.StepTexts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The check of a pipeline file that needs no Spark session. */
public final class TextCheck {
  private TextCheck() {}

  /**
   * Everything that can be said about a file that is no pipeline.
   *
   * @param failure what its parser found
   * @return the parser's errors, those in the SQL of the steps that could be read, and a note that
   *     columns and types are not checked yet; in the order of the file, the note last
   */
  public static List<Finding> of(PipelineFileException failure) {
    List<Finding> findings = new ArrayList<>();
    failure.problems().forEach(problem -> findings.add(Finding.error(problem)));
    failure.steps().ifPresent(steps -> addSql(failure.file(), steps, findings));
    return findings;
  }

  /**
   * What is wrong with the schema of a pipeline that is right otherwise.
   *
   * @param definition what the user wrote
   * @return as {@link #of(PipelineFileException)}; empty if the schema is right
   */
  public static List<Finding> of(PipelineDefinition definition) {
    try {
      SourceSchema.read(definition);
      return List.of();
    } catch (PipelineFileException e) {
      Set<String> names = new HashSet<>(definition.sources().keySet());
      names.addAll(definition.lookups().keySet());
      ReadableSteps steps = new ReadableSteps(definition.steps(), names);
      return of(new PipelineFileException(definition.file(), e.problems(), Optional.of(steps)));
    }
  }

  private static void addSql(Path file, ReadableSteps readable, List<Finding> findings) {
    SqlPlaces.resolved(file, StepTexts.check(readable.steps(), readable.names()))
        .forEach(problem -> findings.add(Finding.error(problem)));
    findings.sort(
        Comparator.comparingInt((Finding f) -> f.location().line())
            .thenComparingInt(f -> f.location().column()));
    if (!readable.steps().isEmpty()) {
      findings.add(
          Finding.note(
              Location.START,
              "Columns and types of the steps are checked once these errors are corrected."));
    }
  }
}
