/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.Location;
import io.icestream.model.Parameters;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.shape.Problems;
import io.icestream.model.shape.Reading;
import io.icestream.model.shape.Subject;
import io.icestream.model.shape.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a pipeline file as far as it can be checked without Spark. */
public final class PipelineParser {
  private PipelineParser() {}

  /** As {@link #read(Path, Parameters)}, with the environment of this process and no parameters. */
  public static PipelineDefinition read(Path file) {
    return read(file, Parameters.ofProcess());
  }

  /**
   * Reads a pipeline file.
   *
   * @param file a YAML file in UTF-8, of at most 1 MiB
   * @param parameters the values of its variables
   * @return the definition
   * @throws PipelineFileException if the file is absent, not YAML, or breaks a rule; it carries all
   *     problems that were found
   */
  public static PipelineDefinition read(Path file, Parameters parameters) {
    return readFile(file, parameters).definition();
  }

  /** As {@link #read(Path, Parameters)}, with the places of keys and values. */
  public static PipelineFile readFile(Path file, Parameters parameters) {
    return parseFile(file, content(file), parameters);
  }

  /** As {@link #read(Path)}, for text that is at hand. */
  public static PipelineDefinition parse(Path file, String yaml) {
    return parse(file, yaml, Parameters.ofProcess());
  }

  /** As {@link #read(Path, Parameters)}, for text that is at hand. */
  public static PipelineDefinition parse(Path file, String yaml, Parameters parameters) {
    return parseFile(file, yaml, parameters).definition();
  }

  private static PipelineFile parseFile(Path file, String yaml, Parameters parameters) {
    Problems problems = new Problems();
    Optional<Node> root = YamlText.compose(yaml, problems);
    Optional<Values> values =
        root.flatMap(
            node ->
                PipelineShape.PIPELINE.read(
                    node, Subject.named("the pipeline file"), new Reading(problems, parameters)));
    values.ifPresent(v -> PipelineChecks.check(v, problems));
    if (!problems.isEmpty()) {
      throw new PipelineFileException(file, problems.inFileOrder(), values.map(SalvagedSteps::of));
    }
    return new PipelineFile(
        Definitions.pipeline(file, values.orElseThrow()), Positions.of(root.orElseThrow()));
  }

  private static String content(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > YamlText.MOST_CHARACTERS) {
        throw unreadable(file, YamlText.tooLarge());
      }
      return Files.readString(file);
    } catch (IOException e) {
      String reason =
          Files.isDirectory(file)
              ? "is a folder, not a file"
              : Files.exists(file)
                  ? "cannot be read as UTF-8 text: " + e.getMessage()
                  : "does not exist";
      throw unreadable(file, "The pipeline file " + reason + ". Give the path of a YAML file.");
    }
  }

  private static PipelineFileException unreadable(Path file, String message) {
    return new PipelineFileException(file, List.of(new Problem(Location.START, message)));
  }
}
