/* SPDX-License-Identifier: MIT */
package io.icestream.bench.freshness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.bench.BenchException;
import io.icestream.bench.lake.Lake;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** Loads a table again and again, as a new query would, and writes down what it has come to. */
final class TableWatch implements Runnable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lake lake;
  private final String key;
  private final long rows;
  private final Sightings sightings = new Sightings();
  private volatile boolean stopped;

  /**
   * @param lake has the table, or will
   * @param key of the summary of a snapshot, under which the offsets are that it has come to
   * @param rows after which there is nothing more to see
   */
  TableWatch(Lake lake, String key, long rows) {
    this.lake = lake;
    this.key = key;
    this.rows = rows;
  }

  /** Looks until all rows were seen, or it is stopped. */
  @Override
  public void run() {
    long seen = -1;
    try (JdbcCatalog catalog = lake.open()) {
      while (!stopped) {
        if (catalog.tableExists(Lake.TABLE)) {
          Snapshot newest = catalog.loadTable(Lake.TABLE).currentSnapshot();
          long now = System.currentTimeMillis();
          if (newest != null && newest.snapshotId() != seen) {
            seen = newest.snapshotId();
            sightings.add(now, offsets(newest.summary()));
            stopped = Long.parseLong(newest.summary().get("total-records")) >= rows;
          }
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  void stop() {
    stopped = true;
  }

  /** What was seen; only after {@link #run} has returned. */
  Sightings sightings() {
    return sightings;
  }

  private Map<Integer, Long> offsets(Map<String, String> summary) {
    String text = summary.get(key);
    if (text == null) {
      throw new BenchException("A snapshot has no '" + key + "' in its summary");
    }
    try {
      Map<Integer, Long> offsets = new HashMap<>();
      for (Map.Entry<String, JsonNode> entry : JSON.readTree(text).get("partitions").properties()) {
        offsets.put(Integer.valueOf(entry.getKey()), entry.getValue().longValue());
      }
      return offsets;
    } catch (JsonProcessingException e) {
      throw new BenchException("A snapshot's '" + key + "' is no JSON", e);
    }
  }
}
