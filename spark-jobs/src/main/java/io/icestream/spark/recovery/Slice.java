/* SPDX-License-Identifier: MIT */
package io.icestream.spark.recovery;

import io.icestream.spark.commit.BatchRange;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A range of the topic that some tables have and others have not. It runs as a batch.
 *
 * @param range what it reads
 * @param tables the tables that the batch may look at: those further on have it, and the fence
 *     would not know them
 * @param due of these, the sinks that will commit it
 */
public record Slice(BatchRange range, Set<String> tables, List<String> due) {
  public Slice {
    Objects.requireNonNull(range, "range");
    tables = Set.copyOf(tables);
    due = List.copyOf(due);
  }
}
