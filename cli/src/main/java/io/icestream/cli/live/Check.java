/* SPDX-License-Identifier: MIT */
package io.icestream.cli.live;

/**
 * What was looked at, and what to do.
 *
 * @param name what was looked at
 * @param outcome how it is
 * @param finding what was found, as one line
 * @param remedy what to do, as one line; empty if nothing
 */
public record Check(String name, Outcome outcome, String finding, String remedy) {

  /** How it is. */
  public enum Outcome {
    OK,
    /** Worth a look. */
    WARN,
    /** Has to be mended before pipelines work. */
    FAIL
  }

  static Check ok(String name, String finding) {
    return new Check(name, Outcome.OK, finding, "");
  }

  static Check warn(String name, String finding, String remedy) {
    return new Check(name, Outcome.WARN, finding, remedy);
  }

  static Check fail(String name, String finding, String remedy) {
    return new Check(name, Outcome.FAIL, finding, remedy);
  }
}
