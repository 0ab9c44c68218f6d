/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.commit.Fence.Chain;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.spark.sql.SparkSession;

/**
 * How far a pipeline has come in one of its tables.
 *
 * @param table the table
 * @param chain how its batches follow each other
 * @param marker the newest marker; empty if the pipeline has never committed to it, or if there is
 *     no such table
 * @param committedAt when that was; 1970 without a marker
 * @param first whether the marker is the only one that the pipeline has ever left there
 */
public record SinkEnd(
    String table, Chain chain, Optional<Marker> marker, Instant committedAt, boolean first) {
  public SinkEnd {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(chain, "chain");
    Objects.requireNonNull(marker, "marker");
    Objects.requireNonNull(committedAt, "committedAt");
  }

  /** Looks at a table. */
  public static SinkEnd read(SparkSession spark, String pipeline, String table, Chain chain) {
    if (!spark.catalog().tableExists(table)) {
      return new SinkEnd(table, chain, Optional.empty(), Instant.EPOCH, false);
    }
    TableHistory history = IcebergTables.history(spark, table);
    List<Snapshot> ancestry = new ArrayList<>();
    history.ancestry().forEach(ancestry::add);
    List<Snapshot> marked =
        ancestry.stream()
            .filter(snapshot -> Marker.in(snapshot, pipeline, table).isPresent())
            .toList();
    boolean complete = !ancestry.isEmpty() && ancestry.get(ancestry.size() - 1).parentId() == null;
    // What is kept is there even if its snapshot has expired
    long committedAt =
        Marker.kept(history, pipeline, table)
            .map(KeptStamp::at)
            .orElse(marked.isEmpty() ? 0 : marked.get(0).timestampMillis());
    return new SinkEnd(
        table,
        chain,
        Marker.newest(history, pipeline, table),
        Instant.ofEpochMilli(committedAt),
        complete && marked.size() == 1);
  }
}
