/* SPDX-License-Identifier: MIT */
package io.icestream.spark.failure;

import java.util.Objects;
import java.util.Optional;

/**
 * A failure that is told to the user in one message: what failed, with which value, and what to do.
 * Everything else that is thrown is a defect of Icestream.
 */
public final class PipelineFailure extends RuntimeException {
  private final Kind kind;

  /** What class of failure it is, and with which exit code a process ends that meets it. */
  public enum Kind {
    /** The data breaks a rule that says so: an expectation with {@code else: fail}. */
    DATA(65),
    /** Kafka no longer has records that have to be read next. */
    DATA_LOSS(66),
    /** A server, topic or table is not there or does not answer. */
    UNAVAILABLE(69),
    /** The tables and the checkpoint, or two drivers, disagree about what has been committed. */
    FENCED(76),
    /** The pipeline or the environment is set up wrongly. */
    CONFIGURATION(78);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    /** The exit code of a process that ends with this failure. */
    public int exitCode() {
      return exitCode;
    }
  }

  public PipelineFailure(Kind kind, String message) {
    this(kind, message, null);
  }

  public PipelineFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** The failure behind another exception, if there is one. */
  public static Optional<PipelineFailure> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PipelineFailure known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  public Kind kind() {
    return kind;
  }
}
