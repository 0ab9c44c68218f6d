/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.hadoop.HadoopTableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last step of each commit to a table, where its metadata is swapped. Here the fence is asked
 * about exactly the state that is replaced, the stamp is written into the properties of the same
 * swap, and it is found out whether a swap has happened whose answer was lost.
 *
 * <p>Compaction is neither fenced nor stamped: it changes no rows.
 */
final class FencedOperations implements TableOperations {
  /** How long to wait before the second look at a table, doubled for each further one. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private static final int LOOKS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(FencedOperations.class);

  private final TableOperations operations;
  private final Duration firstPause;

  /**
   * @param operations of the table, as its catalog has them
   * @param firstPause how long to wait before the second look at a commit without an answer
   */
  FencedOperations(TableOperations operations, Duration firstPause) {
    this.operations = operations;
    this.firstPause = firstPause;
  }

  /**
   * Whether a swap is refused if anything about the table has changed. Where it is not, as with a
   * REST catalog, only the current snapshot is compared.
   */
  boolean comparesAllMetadata() {
    return operations instanceof BaseMetastoreTableOperations
        || operations instanceof HadoopTableOperations;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata updated) {
    List<Snapshot> added =
        updated.changes().stream()
            .filter(MetadataUpdate.AddSnapshot.class::isInstance)
            .map(change -> ((MetadataUpdate.AddSnapshot) change).snapshot())
            .toList();
    if (base == null || added.isEmpty()) {
      operations.commit(base, updated);
      return;
    }
    Optional<SinkCommit> commit =
        SinkCommit.current()
            .filter(current -> added.stream().anyMatch(FencedOperations::changesRows));
    TableMetadata stamped = commit.map(c -> c.admit(base, updated, added)).orElse(updated);
    try {
      commit.ifPresent(c -> FaultHooks.reach(CrashPoint.BEFORE_SWAP, c.sink()));
      operations.commit(base, stamped);
      commit.ifPresent(c -> FaultHooks.reach(CrashPoint.AFTER_SWAP, c.sink()));
    } catch (RuntimeException e) {
      requireApplied(added.get(added.size() - 1), e);
    }
  }

  private static boolean changesRows(Snapshot snapshot) {
    return !DataOperations.REPLACE.equals(snapshot.operation());
  }

  /**
   * Returns if the swap has happened all the same; throws what Iceberg acts rightly upon if not.
   */
  private void requireApplied(Snapshot made, RuntimeException failure) {
    boolean refused = failure instanceof CommitFailedException;
    if (failure instanceof CleanableFailure && !refused) {
      throw failure;
    }
    boolean seen = false;
    for (int look = 0; look < (refused ? 1 : LOOKS) && pause(look); look++) {
      try {
        TableMetadata now = operations.refresh();
        seen = true;
        if (now != null && now.snapshot(made.snapshotId()) != null) {
          LOG.warn("Snapshot {} was committed, though: {}", made.snapshotId(), failure.toString());
          return;
        }
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
    if ((refused && seen) || failure instanceof CommitStateUnknownException) {
      throw failure;
    }
    throw new CommitStateUnknownException(failure);
  }

  /** Waits before a look; false if the thread is to end. */
  private boolean pause(int look) {
    if (look == 0) {
      return true;
    }
    try {
      Thread.sleep(firstPause.multipliedBy(1L << (look - 1)).toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public TableMetadata current() {
    return operations.current();
  }

  @Override
  public TableMetadata refresh() {
    return operations.refresh();
  }

  @Override
  public FileIO io() {
    return operations.io();
  }

  @Override
  public EncryptionManager encryption() {
    return operations.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return operations.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return operations.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommittedMetadata) {
    return operations.temp(uncommittedMetadata);
  }

  @Override
  public long newSnapshotId() {
    return operations.newSnapshotId();
  }

  @Override
  public boolean requireStrictCleanup() {
    return operations.requireStrictCleanup();
  }
}
