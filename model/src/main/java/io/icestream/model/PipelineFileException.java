/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The pipeline file is wrong. Carries every problem that was found, not only the first; the exit
 * code of a command that fails with it is 78.
 */
public final class PipelineFileException extends RuntimeException {
  private final transient Path file;
  private final transient List<Problem> problems;
  private final transient Optional<ReadableSteps> steps;

  /**
   * @param file the pipeline file, as the user named it
   * @param problems what is wrong with it; at least one
   */
  public PipelineFileException(Path file, List<Problem> problems) {
    this(file, problems, Optional.empty());
  }

  /**
   * @param file the pipeline file, as the user named it
   * @param problems what is wrong with it; at least one
   * @param steps what could be read of its steps; empty if nothing could, or they are right
   */
  public PipelineFileException(Path file, List<Problem> problems, Optional<ReadableSteps> steps) {
    super(describe(file, problems));
    this.file = file;
    this.problems = List.copyOf(problems);
    this.steps = steps;
  }

  /** The pipeline file, as the user named it. */
  public Path file() {
    return file;
  }

  /** Every problem found, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }

  /** What could be read of the steps of a file that is wrong elsewhere. */
  public Optional<ReadableSteps> steps() {
    return steps;
  }

  private static String describe(Path file, List<Problem> problems) {
    return problems.stream()
        .map(p -> file + ":" + p.location() + ": " + p.message())
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
