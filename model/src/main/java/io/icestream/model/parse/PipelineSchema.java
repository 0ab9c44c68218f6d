/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.shape.Json;
import java.util.Map;

/** The JSON Schema (draft-07) of the pipeline file, made of the shapes that the parser reads by. */
public final class PipelineSchema {
  private PipelineSchema() {}

  /** The schema as JSON, with a line end at the end. */
  public static String text() {
    Map<String, Object> schema =
        Json.object(
            "$schema", "http://json-schema.org/draft-07/schema#",
            "title", "Icestream pipeline file");
    schema.putAll(PipelineShape.PIPELINE.schema());
    return Json.text(schema);
  }
}
