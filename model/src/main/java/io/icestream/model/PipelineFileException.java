/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The pipeline file is wrong. Carries every problem that was found, not only the first; the exit
 * code of a command that fails with it is 78.
 */
public final class PipelineFileException extends RuntimeException {
  private final transient List<Problem> problems;

  /**
   * @param file the pipeline file, as the user named it
   * @param problems what is wrong with it; at least one
   */
  public PipelineFileException(Path file, List<Problem> problems) {
    super(describe(file, problems));
    this.problems = List.copyOf(problems);
  }

  /** Every problem found, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }

  private static String describe(Path file, List<Problem> problems) {
    return problems.stream()
        .map(p -> file + ":" + p.location() + ": " + p.message())
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
