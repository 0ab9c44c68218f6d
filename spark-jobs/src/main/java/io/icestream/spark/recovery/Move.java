/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.TopicOffsets;
import java.util.Objects;

/**
 * A table's way over a gap: a marker without rows.
 *
 * @param table the table
 * @param from where the gap begins for it
 * @param to where it goes on
 * @param lost how many offsets it does not get; those that nobody can count are not in it
 */
public record Move(String table, TopicOffsets from, TopicOffsets to, long lost) {
  public Move {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }
}
