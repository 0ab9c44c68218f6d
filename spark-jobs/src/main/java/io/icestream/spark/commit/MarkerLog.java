/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.failure.PipelineFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.SparkSession;

/**
 * The markers that a table still has, oldest first.
 *
 * @param table the table
 * @param entries a commit each; the newest is there even if its snapshot has expired
 * @param expired whether snapshots at the beginning have expired, and their markers with them
 * @param rolledBack why the table is not in the state of its newest marker; empty if it is
 */
public record MarkerLog(
    String table, List<Entry> entries, boolean expired, Optional<String> rolledBack) {
  public MarkerLog {
    entries = List.copyOf(entries);
  }

  /**
   * A commit.
   *
   * @param snapshot its snapshot
   * @param time when it was made
   * @param marker what it says
   */
  public record Entry(long snapshot, Instant time, Marker marker) {}

  /**
   * Reads a table.
   *
   * @param spark has the table in its catalog
   * @param pipeline whose markers are meant
   * @param sink the sink that the table belongs to, by which its markers are named
   * @param table the table; the sink itself unless the sink has several
   * @throws PipelineFailure if there is no such table
   */
  public static MarkerLog read(SparkSession spark, String pipeline, String sink, String table) {
    return of(IcebergTables.history(spark, table), pipeline, sink, table);
  }

  static MarkerLog of(TableHistory history, String pipeline, String sink, String table) {
    List<Entry> entries = new ArrayList<>();
    Set<String> commits = new HashSet<>();
    boolean expired = false;
    for (Snapshot snapshot : history.ancestry()) {
      Marker.in(snapshot, pipeline, sink)
          // The snapshots of one transaction are one commit
          .filter(marker -> isFirst(commits, marker.origin().commit()))
          .map(marker -> new Entry(snapshot.snapshotId(), time(snapshot.timestampMillis()), marker))
          .ifPresent(entries::add);
      expired = snapshot.parentId() != null;
    }
    Collections.reverse(entries);
    try {
      Optional<Marker> newest = Marker.newest(history, pipeline, sink);
      if (entries.isEmpty() && newest.isPresent()) {
        KeptStamp kept = Marker.kept(history, pipeline, sink).orElseThrow();
        entries.add(new Entry(kept.snapshot(), time(kept.at()), newest.get()));
      }
      return new MarkerLog(table, entries, expired, Optional.empty());
    } catch (PipelineFailure e) {
      return new MarkerLog(table, entries, expired, Optional.of(e.getMessage()));
    }
  }

  private static boolean isFirst(Set<String> commits, String commit) {
    return commit.isEmpty() || commits.add(commit);
  }

  private static Instant time(long millis) {
    return Instant.ofEpochMilli(millis);
  }
}
