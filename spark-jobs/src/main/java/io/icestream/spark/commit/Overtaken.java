/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

/**
 * Somebody has committed to a sink between the reading of its rows and the commit of values made of
 * them. Nothing is wrong, and nothing was committed: the values have to be made again.
 */
final class Overtaken extends RuntimeException {
  private final boolean byMaintenance;

  Overtaken(String sink, Throwable cause) {
    this(sink, false, cause);
  }

  /**
   * @param byMaintenance whether only the files have changed, and not the rows in them
   */
  Overtaken(String sink, boolean byMaintenance, Throwable cause) {
    super(
        byMaintenance
            ? "Files of " + sink + " have changed since they were read"
            : "Sink " + sink + " has changed since its rows were read",
        cause);
    this.byMaintenance = byMaintenance;
  }

  boolean byMaintenance() {
    return byMaintenance;
  }
}
