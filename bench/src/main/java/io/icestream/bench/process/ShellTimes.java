/* SPDX-License-Identifier: MIT */
package io.icestream.bench.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the shell's {@code times} prints: two lines, of itself and of its children. */
final class ShellTimes {
  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

  private ShellTimes() {}

  /**
   * User and system time of the children, in seconds.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static double ofChildren(String text) {
    String[] lines = text.strip().split("\n");
    Matcher times = TIME.matcher(lines[lines.length - 1]);
    double seconds = 0;
    int found = 0;
    while (times.find()) {
      seconds += Long.parseLong(times.group(1)) * 60 + Double.parseDouble(times.group(2));
      found++;
    }
    if (lines.length != 2 || found != 2) {
      throw new IllegalArgumentException("Expected two lines of two times, found: " + text);
    }
    return seconds;
  }
}
