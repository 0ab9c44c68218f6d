/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.util.function.Consumer;
import org.apache.spark.sql.Row;

/**
 * The deletions of one key that are to be remembered and are not yet. A batch that is run again
 * brings those that it has had remembered; each stands right before its stored self.
 */
final class NewDeletions {
  private Element last;

  /** Takes a deletion of the batch. */
  void add(Element deletion, Consumer<Row> outcomes) {
    finish(outcomes);
    last = deletion;
  }

  /** Takes one that is stored. */
  void know(Element stored) {
    if (last != null && last.position().compareTo(stored.position()) == 0) {
      last = null;
    }
  }

  /** Gives what is left. */
  void finish(Consumer<Row> outcomes) {
    if (last != null) {
      outcomes.accept(Outcome.remembered(last));
      last = null;
    }
  }
}
