/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

/**
 * Why a document cannot become a row. Thrown once per bad document, so it carries no stack trace.
 *
 * <p>Reasons are stable names that users filter by; docs/formats.md says what each means.
 */
class Rejection extends Exception {
  private static final int LONGEST = 500;

  private final String reason;

  /**
   * @param reason a stable name in snake case
   * @param detail what was found and what was expected, for a person
   */
  Rejection(String reason, String detail) {
    super(shortened(detail), null, false, false);
    this.reason = reason;
  }

  /** A detail quotes what was found, which may be a megabyte. */
  private static String shortened(String detail) {
    if (detail.length() <= LONGEST) {
      return detail;
    }
    int end = Character.isHighSurrogate(detail.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return detail.substring(0, end) + "...";
  }

  String reason() {
    return reason;
  }
}
