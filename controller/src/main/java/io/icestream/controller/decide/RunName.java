/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job run is called: {@code PIPELINE.NUMBER}. There is no dot in the name of a pipeline.
 *
 * @param pipeline the pipeline
 * @param number which start of the pipeline it is; 0 if somebody else has started it
 */
public record RunName(String pipeline, long number) {
  private static final Pattern NUMBERED = Pattern.compile("([^.]+)\\.([1-9][0-9]{0,17})");

  public RunName {
    Objects.requireNonNull(pipeline, "pipeline");
  }

  /** Reads a name. One that is not of this form is that of a pipeline. */
  public static RunName of(String text) {
    Matcher numbered = NUMBERED.matcher(text);
    return numbered.matches()
        ? new RunName(numbered.group(1), Long.parseLong(numbered.group(2)))
        : new RunName(text, 0);
  }

  @Override
  public String toString() {
    return number == 0 ? pipeline : pipeline + "." + number;
  }
}
