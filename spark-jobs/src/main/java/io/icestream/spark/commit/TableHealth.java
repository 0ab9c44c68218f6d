/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.model.metric.Metric;
import io.icestream.spark.failure.PipelineFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;

/**
 * What tells whether a table stays fast.
 *
 * @param files data files
 * @param bytes their size
 * @param smallFiles data files of less than {@link Metric#SMALL_FILE_BYTES}
 * @param deleteFiles delete files
 * @param snapshots snapshots that have not expired
 * @param manifests manifests of the current snapshot
 */
public record TableHealth(
    long files, long bytes, long smallFiles, long deleteFiles, long snapshots, long manifests) {

  /** Looks at one table again and again: reads each manifest once, since it never changes. */
  public static final class Watch {
    private final SparkSession spark;
    private final String table;
    private Map<String, Long> smallByManifest = Map.of();

    /**
     * @param spark has the table in its catalog
     * @param table the table
     */
    public Watch(SparkSession spark, String table) {
      this.spark = spark;
      this.table = table;
    }

    /**
     * Looks.
     *
     * @throws PipelineFailure if the table does not exist
     * @throws UncheckedIOException if a manifest cannot be read
     */
    public TableHealth look() {
      Table now = IcebergTables.load(spark, table);
      long snapshots = 0;
      for (Snapshot ignored : now.snapshots()) {
        snapshots++;
      }
      Snapshot current = now.currentSnapshot();
      if (current == null) {
        return new TableHealth(0, 0, 0, 0, snapshots, 0);
      }
      Map<String, String> summary = current.summary();
      List<ManifestFile> manifests = current.allManifests(now.io());
      return new TableHealth(
          total(summary, "total-data-files"),
          total(summary, "total-files-size"),
          smallFiles(now, current.dataManifests(now.io())),
          total(summary, "total-delete-files"),
          snapshots,
          manifests.size());
    }

    private long smallFiles(Table now, List<ManifestFile> manifests) {
      Map<String, Long> counted = new HashMap<>();
      for (ManifestFile manifest : manifests) {
        Long known = smallByManifest.get(manifest.path());
        counted.put(manifest.path(), known == null ? count(now, manifest) : known);
      }
      smallByManifest = counted;
      return counted.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long count(Table now, ManifestFile manifest) {
      long small = 0;
      try (ManifestReader<DataFile> files =
          ManifestFiles.read(manifest, now.io(), now.specs())
              .select(List.of("file_size_in_bytes"))) {
        for (DataFile file : files) {
          small += file.fileSizeInBytes() < Metric.SMALL_FILE_BYTES ? 1 : 0;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return small;
    }

    private static long total(Map<String, String> summary, String key) {
      return Long.parseLong(summary.getOrDefault(key, "0"));
    }
  }
}
