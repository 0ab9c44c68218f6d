/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.PipelineDefinition;
import java.util.Objects;

/**
 * A pipeline file that was read.
 *
 * @param definition what it says
 * @param positions where it says so, for errors that are found later
 */
public record PipelineFile(PipelineDefinition definition, Positions positions) {
  public PipelineFile {
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(positions, "positions");
  }
}
