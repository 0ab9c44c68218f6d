/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.oracle.ChangesModel;
import io.icestream.faults.oracle.HistoryModel;
import io.icestream.faults.oracle.SinkModel;
import java.util.List;
import java.util.Locale;

/**
 * Rows are changes of accounts.
 *
 * @param kind what is kept of them
 */
record ChangesMode(Kind kind) implements SinkMode {
  /** What is kept of changes. */
  enum Kind {
    /** Present rows. */
    HARD,
    /** Deleted rows too, marked. */
    SOFT,
    /** Each version of each row. */
    HISTORY
  }

  @Override
  public String label() {
    return "cdc-" + kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String settings() {
    String mode = "from: events, mode: cdc, key: [account], order_by: [at]";
    return switch (kind) {
      case HARD -> mode;
      case SOFT -> mode + ", deletes: soft";
      case HISTORY -> mode + ", history: scd2";
    };
  }

  @Override
  public SinkModel model() {
    return switch (kind) {
      case HARD -> new ChangesModel("account", "at", "op", "");
      case SOFT -> new ChangesModel("account", "at", "op", "_is_deleted");
      case HISTORY -> new HistoryModel("account", "at", "op");
    };
  }

  /** Deletions are remembered in a table of their own. */
  @Override
  public List<String> others(String table) {
    return List.of(table + "_deletions");
  }
}
