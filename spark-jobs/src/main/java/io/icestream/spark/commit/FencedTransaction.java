/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DeleteFiles;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.ReplacePartitions;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.RewriteManifests;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateLocation;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdatePartitionStatistics;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.UpdateStatistics;

/**
 * A transaction whose data commits carry the marker of the {@link SinkCommit} they belong to. The
 * fence is asked once, when the transaction itself is committed.
 */
final class FencedTransaction implements Transaction {
  private final Transaction transaction;

  FencedTransaction(Transaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public AppendFiles newAppend() {
    return FencedTable.counted(FencedTable.fenced(transaction.newAppend()));
  }

  @Override
  public AppendFiles newFastAppend() {
    return FencedTable.counted(FencedTable.fenced(transaction.newFastAppend()));
  }

  @Override
  public OverwriteFiles newOverwrite() {
    return FencedTable.fenced(transaction.newOverwrite());
  }

  @Override
  public RowDelta newRowDelta() {
    return FencedTable.fenced(transaction.newRowDelta());
  }

  @Override
  public ReplacePartitions newReplacePartitions() {
    return FencedTable.fenced(transaction.newReplacePartitions());
  }

  @Override
  public DeleteFiles newDelete() {
    return FencedTable.fenced(transaction.newDelete());
  }

  /** Updates made from this table have no marker, so that the fence refuses them in a sink. */
  @Override
  public Table table() {
    return transaction.table();
  }

  @Override
  public UpdateSchema updateSchema() {
    return transaction.updateSchema();
  }

  @Override
  public UpdatePartitionSpec updateSpec() {
    return transaction.updateSpec();
  }

  @Override
  public UpdateProperties updateProperties() {
    return transaction.updateProperties();
  }

  @Override
  public ReplaceSortOrder replaceSortOrder() {
    return transaction.replaceSortOrder();
  }

  @Override
  public UpdateLocation updateLocation() {
    return transaction.updateLocation();
  }

  @Override
  public RewriteFiles newRewrite() {
    return transaction.newRewrite();
  }

  @Override
  public RewriteManifests rewriteManifests() {
    return transaction.rewriteManifests();
  }

  @Override
  public UpdateStatistics updateStatistics() {
    return transaction.updateStatistics();
  }

  @Override
  public UpdatePartitionStatistics updatePartitionStatistics() {
    return transaction.updatePartitionStatistics();
  }

  @Override
  public ExpireSnapshots expireSnapshots() {
    return transaction.expireSnapshots();
  }

  @Override
  public ManageSnapshots manageSnapshots() {
    return transaction.manageSnapshots();
  }

  @Override
  public void commitTransaction() {
    transaction.commitTransaction();
  }
}
