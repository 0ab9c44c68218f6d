/* SPDX-License-Identifier: MIT */
package io.icestream.model;

/**
 * A place in the pipeline file.
 *
 * @param line the line, counted from 1
 * @param column the column, counted from 1
 */
public record Location(int line, int column) {

  /** The start of the file: for errors about the file as a whole. */
  public static final Location START = new Location(1, 1);

  @Override
  public String toString() {
    return line + ":" + column;
  }
}
