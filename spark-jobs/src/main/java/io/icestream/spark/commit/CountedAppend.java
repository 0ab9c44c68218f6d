/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;

/**
 * An append that does not commit unless its files hold as many rows as the ledger says. The count
 * comes from the files' own footers, so the ledger is checked against what was really written.
 */
final class CountedAppend implements AppendFiles {
  private final AppendFiles append;
  private final String sink;
  private final long expected;
  private long rows;

  CountedAppend(AppendFiles append, String sink, long expected) {
    this.append = append;
    this.sink = sink;
    this.expected = expected;
  }

  @Override
  public AppendFiles appendFile(DataFile file) {
    rows += file.recordCount();
    append.appendFile(file);
    return this;
  }

  @Override
  public AppendFiles appendManifest(ManifestFile manifest) {
    throw new UnsupportedOperationException("Rows of a manifest are not counted; append files");
  }

  @Override
  public AppendFiles set(String property, String value) {
    append.set(property, value);
    return this;
  }

  @Override
  public AppendFiles deleteWith(Consumer<String> deleteFunc) {
    append.deleteWith(deleteFunc);
    return this;
  }

  @Override
  public AppendFiles stageOnly() {
    append.stageOnly();
    return this;
  }

  @Override
  public AppendFiles scanManifestsWith(ExecutorService executorService) {
    append.scanManifestsWith(executorService);
    return this;
  }

  @Override
  public AppendFiles writeManifestsWith(ExecutorService executorService, int parallelism) {
    append.writeManifestsWith(executorService, parallelism);
    return this;
  }

  @Override
  public AppendFiles toBranch(String branch) {
    append.toBranch(branch);
    return this;
  }

  @Override
  public AppendFiles validateWith(SnapshotAncestryValidator validator) {
    append.validateWith(validator);
    return this;
  }

  @Override
  public Snapshot apply() {
    return append.apply();
  }

  @Override
  public void commit() {
    if (rows != expected) {
      throw new IllegalStateException(
          "The files for " + sink + " hold " + rows + " rows, the ledger has " + expected);
    }
    append.commit();
  }

  @Override
  public Object updateEvent() {
    return append.updateEvent();
  }
}
