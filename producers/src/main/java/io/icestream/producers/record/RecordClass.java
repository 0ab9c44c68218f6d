/* SPDX-License-Identifier: MIT */
package io.icestream.producers.record;

import java.util.Locale;
import java.util.Optional;

/** What a pipeline is expected to do with a record. Files and messages use the {@link #label()}. */
public enum RecordClass {
  /**
   * A record as it should be. Records of unknown quality, such as lines of a file, count as good.
   */
  GOOD,
  /** Bytes that cannot be decoded to the expected shape. */
  MALFORMED,
  /** A byte-identical repeat of an earlier good record. */
  DUPLICATE,
  /** Decodes, but a value lies outside the range that makes sense. */
  OUT_OF_RANGE,
  /** Fine in itself, but its event time lies hours before its neighbours'. */
  LATE;

  private final String label = name().toLowerCase(Locale.ROOT);

  /**
   * The name in files: {@code good}, {@code malformed}, {@code duplicate}, {@code out_of_range} or
   * {@code late}.
   */
  public String label() {
    return label;
  }

  /**
   * The class with this label.
   *
   * @param label compared exactly
   * @return empty if no class has it
   */
  public static Optional<RecordClass> withLabel(String label) {
    for (RecordClass candidate : values()) {
      if (candidate.label.equals(label)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
