/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.Problem;
import io.icestream.model.SourceDefinition;
import io.icestream.spark.plan.RecordSchema;
import java.util.List;

/** The schema of a pipeline's source, by the files that the pipeline file names. */
public final class SourceSchema {
  private SourceSchema() {}

  /**
   * Reads the schema files that the format of a pipeline's source names.
   *
   * @param definition what the user wrote; has a source
   * @throws PipelineFileException if a schema file cannot be read, or is no schema that columns can
   *     have
   */
  public static RecordSchema read(PipelineDefinition definition) {
    SourceDefinition source = definition.sources().values().iterator().next();
    try {
      return Formats.schema(source.format(), definition::resolve);
    } catch (IllegalArgumentException e) {
      Problem problem = new Problem(source.location(), e.getMessage());
      throw new PipelineFileException(definition.file(), List.of(problem));
    }
  }
}
