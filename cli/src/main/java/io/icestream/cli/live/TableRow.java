/* SPDX-License-Identifier: MIT */
package io.icestream.cli.live;

/**
 * How a pipeline does with one of its tables.
 *
 * @param pipeline the pipeline
 * @param table the table
 * @param state whether it runs
 * @param in rows that the pipeline reads per second
 * @param out rows that the table gets per second
 * @param lag offsets that the table does not have
 * @param freshSeconds age of the oldest of them; 0 if there is none
 * @param quarantined rows that the pipeline has put into quarantine since it was started
 * @param files data files of the table; negative if nobody tells
 */
public record TableRow(
    String pipeline,
    String table,
    State state,
    double in,
    double out,
    long lag,
    double freshSeconds,
    long quarantined,
    long files) {

  /** Whether a pipeline runs. */
  public enum State {
    /** It answers. */
    RUNNING,
    /** It was killed, or hangs: it has said where it is, and does not answer. */
    DEAD,
    /** It has ended in order, or runs where nobody can ask it. */
    STOPPED
  }
}
