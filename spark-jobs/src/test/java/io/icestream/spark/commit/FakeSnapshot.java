/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataOperations;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.io.FileIO;

/** A snapshot that has a summary and nothing else. */
record FakeSnapshot(Map<String, String> summary) implements Snapshot {

  @Override
  public long sequenceNumber() {
    return 1;
  }

  @Override
  public long snapshotId() {
    return 1;
  }

  @Override
  public Long parentId() {
    return null;
  }

  @Override
  public long timestampMillis() {
    return 0;
  }

  @Override
  public List<ManifestFile> allManifests(FileIO io) {
    return List.of();
  }

  @Override
  public List<ManifestFile> dataManifests(FileIO io) {
    return List.of();
  }

  @Override
  public List<ManifestFile> deleteManifests(FileIO io) {
    return List.of();
  }

  @Override
  public String operation() {
    return DataOperations.APPEND;
  }

  @Override
  public Iterable<DataFile> addedDataFiles(FileIO io) {
    return List.of();
  }

  @Override
  public Iterable<DataFile> removedDataFiles(FileIO io) {
    return List.of();
  }

  @Override
  public Iterable<DeleteFile> addedDeleteFiles(FileIO io) {
    return List.of();
  }

  @Override
  public Iterable<DeleteFile> removedDeleteFiles(FileIO io) {
    return List.of();
  }

  @Override
  public String manifestListLocation() {
    return "";
  }
}
