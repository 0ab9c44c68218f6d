/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.cli.demo.DemoQuery;
import io.icestream.cli.demo.DemoResult;
import io.icestream.cli.demo.PipelineAccount;
import io.icestream.cli.demo.TableState;
import java.io.PrintWriter;
import java.util.Locale;

/** A demo's result for people. */
final class DemoReport {
  private static final String ACCOUNT = "%-14s %10s %10s %10s %12s %8s %6s %11s  %s%n";
  private static final String TABLE = "%-24s %10s %7s %10s  %-20s %s%n";

  private DemoReport() {}

  static void print(DemoResult result, boolean kept, PrintWriter out) {
    printLedger(result, out);
    printTables(result, out);
    for (DemoQuery query : result.queries()) {
      out.printf("%n%s%n  %s%n", query.title(), query.sql());
      ResultFormat.TABLE.print(query.rows(), out);
    }
    printNext(result, kept, out);
  }

  private static void printLedger(DemoResult result, PrintWriter out) {
    out.printf("%nLEDGER: the producers' own record of what they sent, against the tables%n");
    out.printf(
        ACCOUNT,
        "pipeline",
        "produced",
        "read",
        "written",
        "quarantined",
        "late",
        "lost",
        "duplicated",
        "balanced");
    for (PipelineAccount account : result.accounts()) {
      out.printf(
          ACCOUNT,
          account.pipeline().name(),
          number(account.produced()),
          number(account.read()),
          number(account.written().get(account.pipeline().rows())),
          number(account.quarantined()),
          number(account.late()),
          number(account.lost()),
          number(account.duplicated()),
          account.balanced() ? "yes" : "NO");
    }
  }

  private static void printTables(DemoResult result, PrintWriter out) {
    out.printf("%nTABLES%n");
    out.printf(TABLE, "table", "rows", "files", "KiB", "last snapshot", "committed at (UTC)");
    for (TableState table : result.tables()) {
      out.printf(
          TABLE,
          table.table(),
          number(table.rows()),
          number(table.files()),
          number(table.bytes() / 1024),
          table.snapshot().map(Object::toString).orElse("-"),
          table.committedAt().orElse("-"));
    }
  }

  private static void printNext(DemoResult result, boolean kept, PrintWriter out) {
    String home = result.home().toString();
    out.printf(
        "%nDone in %d s. Everything lies in %s%n%nNext:%n", result.elapsed().toSeconds(), home);
    if (!kept) {
      out.printf("  ./icestream up --home %s%n", home);
    }
    out.printf(
        "  ./icestream sql --home %s \"SELECT * FROM iot.readings.snapshots\"%n"
            + "  ./icestream sql --home %s \"SELECT reason, CAST(payload AS STRING)"
            + " FROM iot.quarantine LIMIT 10\"%n"
            + "  ./icestream down --home %s%n",
        home, home, home);
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
