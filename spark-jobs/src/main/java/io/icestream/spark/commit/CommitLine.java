/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import org.slf4j.Logger;

/** The line of the log that a commit gets: its ledger for people, and by fixed keys. */
final class CommitLine {
  private CommitLine() {}

  static void write(Logger log, String pipeline, String sink, Marker marker) {
    Ledger ledger = marker.ledger();
    log.atInfo()
        .addKeyValue("pipeline", pipeline)
        .addKeyValue("sink", sink)
        .addKeyValue("batch", marker.batch())
        .addKeyValue("to", marker.to().describe())
        .addKeyValue("read", ledger.read())
        .addKeyValue("written", ledger.written())
        .addKeyValue("updated", ledger.updated())
        .addKeyValue("filtered", ledger.filtered())
        .addKeyValue("deduplicated", ledger.deduplicated())
        .addKeyValue("quarantined", ledger.quarantined())
        .addKeyValue("late", ledger.late())
        .log("{}: {}", sink, marker.describe());
  }
}
