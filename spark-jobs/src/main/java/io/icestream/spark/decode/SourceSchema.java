/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.SourceDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

/** The columns of a pipeline's source, by the schema file that the pipeline file names. */
public final class SourceSchema {
  private SourceSchema() {}

  /**
   * Reads the columns that the format of a pipeline's source gives.
   *
   * @param definition what the user wrote; has a source
   * @throws PipelineFileException if the schema file cannot be read, or is no schema that columns
   *     can have
   */
  public static StructType read(PipelineDefinition definition) {
    SourceDefinition source = definition.sources().values().iterator().next();
    Optional<String> file = Formats.schemaFile(source.format());
    String text = file.map(f -> text(definition, source, f)).orElse("");
    try {
      return Formats.columns(source.format(), text);
    } catch (IllegalArgumentException e) {
      String what = file.map(f -> "Schema " + f).orElse("Its format");
      throw wrong(definition, source, what + " " + e.getMessage() + ".");
    }
  }

  private static String text(PipelineDefinition definition, SourceDefinition source, String file) {
    Path path = definition.resolve(file);
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw wrong(
          definition,
          source,
          "Schema file '"
              + file
              + "' cannot be read ("
              + path
              + "). Create it, or correct 'schema'.");
    }
  }

  private static PipelineFileException wrong(
      PipelineDefinition definition, SourceDefinition source, String message) {
    return new PipelineFileException(
        definition.file(), List.of(new Problem(source.location(), message)));
  }
}
