/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.audit.ChainAudit;
import io.icestream.spark.audit.SinkAudit;
import io.icestream.spark.commit.Marker;
import io.icestream.spark.commit.MarkerLog.Entry;
import java.io.PrintWriter;
import java.util.List;

/** Ledgers for people: a line for each batch, then what is wrong. */
final class LedgerText {

  private LedgerText() {}

  static void print(List<SinkAudit> audits, PrintWriter out) {
    for (SinkAudit audit : audits) {
      for (ChainAudit table : audit.tables()) {
        out.println(table.table() + ": " + summary(table));
        table.entries().forEach(entry -> print(entry, out));
        table.problems().forEach(problem -> out.println("  WRONG: " + problem));
      }
    }
  }

  private static String summary(ChainAudit table) {
    if (table.entries().isEmpty()) {
      return "no batches";
    }
    Marker first = table.entries().get(0).marker();
    Marker last = table.entries().get(table.entries().size() - 1).marker();
    String text =
        table.entries().size()
            + (table.entries().size() == 1 ? " batch" : " batches")
            + " from "
            + first.from().describe()
            + " to "
            + last.to().describe()
            + (table.isSound() ? ", complete" : ", NOT complete");
    text += table.lost() == 0 ? "" : "; " + table.lost() + " offsets lost in Kafka";
    return table.expired()
        ? text + "; snapshots before the oldest batch have expired, it is checked from there"
        : text;
  }

  private static void print(Entry entry, PrintWriter out) {
    Marker marker = entry.marker();
    out.println(
        "  batch "
            + marker.batch()
            + "  "
            + entry.time()
            + "  to "
            + marker.to().describe()
            + "  "
            + marker.ledger().describe()
            + (marker.origin().epoch() > 0 ? "  epoch " + marker.origin().epoch() : "")
            + (marker.gap() > 0 ? "  GAP: " + marker.gap() + " offsets lost in Kafka" : ""));
  }
}
