/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import java.util.List;
import java.util.Locale;

/** Which table of the batch a fault happens to. */
enum Target {
  /** None: the fault is of the batch. */
  BATCH,
  /** The quarantine table, which is committed first. */
  QUARANTINE,
  /** The first sink. */
  FIRST,
  /** The last sink. */
  LAST;

  /**
   * The table.
   *
   * @param sinks the sinks in their order
   * @param quarantine the quarantine table
   */
  String table(List<String> sinks, String quarantine) {
    return switch (this) {
      case BATCH -> "";
      case QUARANTINE -> quarantine;
      case FIRST -> sinks.get(0);
      case LAST -> sinks.get(sinks.size() - 1);
    };
  }

  /** The name in combinations. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
