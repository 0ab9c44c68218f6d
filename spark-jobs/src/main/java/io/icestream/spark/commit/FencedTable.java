/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.time.Duration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Transaction;

/**
 * A table whose data commits carry the marker of the {@link SinkCommit} they belong to, and fail if
 * the sink has moved since. Outside of one it is an ordinary table.
 *
 * <p>Every kind of commit that changes rows is covered, so the fence holds whichever way a sink
 * writes. One that is made some other way is refused by {@link FencedOperations}.
 */
final class FencedTable extends BaseTable {
  FencedTable(BaseTable table, Duration firstPause) {
    super(
        new FencedOperations(table.operations(), firstPause),
        table.name(),
        table.reporter(),
        table.labels());
  }

  @Override
  public AppendFiles newAppend() {
    return counted(fenced(super.newAppend()));
  }

  @Override
  public AppendFiles newFastAppend() {
    return counted(fenced(super.newFastAppend()));
  }

  @Override
  public OverwriteFiles newOverwrite() {
    return fenced(super.newOverwrite());
  }

  @Override
  public RowDelta newRowDelta() {
    return fenced(super.newRowDelta());
  }

  @Override
  public DeleteFiles newDelete() {
    return fenced(super.newDelete());
  }

  @Override
  public ReplacePartitions newReplacePartitions() {
    return fenced(super.newReplacePartitions());
  }

  @Override
  public Transaction newTransaction() {
    return new FencedTransaction(super.newTransaction());
  }

  /** Gives an update the summary of the commit that the thread is in. */
  static <T extends SnapshotUpdate<T>> T fenced(T update) {
    return SinkCommit.current()
        .map(
            commit -> {
              FaultHooks.reach(CrashPoint.AFTER_FILES, commit.sink());
              T marked = update;
              for (var entry : commit.summary().entrySet()) {
                marked = marked.set(entry.getKey(), entry.getValue());
              }
              return marked;
            })
        .orElse(update);
  }

  /** Counts the rows of an append, if the commit says how many there are. */
  static AppendFiles counted(AppendFiles append) {
    return SinkCommit.current()
        .filter(commit -> commit.rows().isPresent())
        .<AppendFiles>map(
            commit -> new CountedAppend(append, commit.sink(), commit.rows().getAsLong()))
        .orElse(append);
  }
}
