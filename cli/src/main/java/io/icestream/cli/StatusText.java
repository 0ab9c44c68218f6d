/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.localstack.ServerStatus;
import io.icestream.localstack.StackStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * The stack's status as a table for people.
 *
 * @param out where it is printed
 */
record StatusText(PrintWriter out) {

  private static final String ROW = "%-10s %-8s %-8s %-24s %-10s %s%n";

  void print(StackStatus stack) {
    out.printf(Locale.ROOT, ROW, "SERVER", "STATE", "PID", "ADDRESS", "UPTIME", "LOG");
    stack.servers().forEach(this::print);
    out.flush();
  }

  private void print(ServerStatus server) {
    out.printf(
        Locale.ROOT,
        ROW,
        server.name(),
        server.state().name().toLowerCase(Locale.ROOT),
        pid(server.pid()),
        server.address().orElse("-"),
        server.uptime().map(StatusText::readable).orElse("-"),
        server.log());
  }

  private static String pid(OptionalLong pid) {
    return pid.isPresent() ? Long.toString(pid.getAsLong()) : "-";
  }

  /** The two largest units, as in {@code 3h12m}. */
  static String readable(Duration uptime) {
    if (uptime.toDays() > 0) {
      return uptime.toDays() + "d" + uptime.toHoursPart() + "h";
    }
    if (uptime.toHours() > 0) {
      return uptime.toHours() + "h" + uptime.toMinutesPart() + "m";
    }
    if (uptime.toMinutes() > 0) {
      return uptime.toMinutes() + "m" + uptime.toSecondsPart() + "s";
    }
    return uptime.toSeconds() + "s";
  }
}
