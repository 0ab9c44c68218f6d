/* SPDX-License-Identifier: MIT */
package io.icestream.faults.lake;

import io.icestream.faults.oracle.Mark;
import io.icestream.faults.oracle.SinkModel;
import io.icestream.faults.oracle.SinkState;
import io.icestream.faults.oracle.SinkState.Chain;
import io.icestream.faults.oracle.SnapshotState;
import io.icestream.faults.oracle.Violation;
import io.icestream.faults.oracle.Violation.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

/** Reads tables of a pipeline for the oracle. */
public final class LakeReader {
  private final Catalog catalog;
  private final String pipeline;

  /**
   * @param catalog has the tables; stays the caller's
   * @param pipeline whose marks are read
   */
  public LakeReader(Catalog catalog, String pipeline) {
    this.catalog = catalog;
    this.pipeline = pipeline;
  }

  /**
   * Reads a table at each of its retained snapshots.
   *
   * @param name namespace and name, joined by a dot
   * @param model what it has to hold
   * @param chain how its batches follow each other
   */
  public SinkState read(String name, SinkModel model, Chain chain) {
    Table table = catalog.loadTable(TableIdentifier.parse(name));
    TableFiles files = new TableFiles(table);
    List<SnapshotState> states = new ArrayList<>();
    List<String> missing = new ArrayList<>(files.missing());
    for (Snapshot snapshot : ancestry(table)) {
      Optional<List<Map<String, String>>> rows = rows(table, snapshot, missing);
      states.add(
          new SnapshotState(
              snapshot.snapshotId(),
              snapshot.parentId() == null,
              Marks.of(snapshot.summary(), pipeline, name),
              rows.orElse(List.of())));
    }
    return new SinkState(name, model, chain, states, missing, files.leftOver());
  }

  /**
   * What the newest batch of a table says of itself; empty if there is no table, or no batch.
   *
   * @param name namespace and name, joined by a dot
   */
  public Optional<Mark> newestMark(String name) {
    TableIdentifier table = TableIdentifier.parse(name);
    if (!catalog.tableExists(table)) {
      return Optional.empty();
    }
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(catalog.loadTable(table))) {
      Optional<Mark> mark = Marks.of(snapshot.summary(), pipeline, name);
      if (mark.isPresent()) {
        return mark;
      }
    }
    return Optional.empty();
  }

  /**
   * Files in a table's folder that nothing refers to.
   *
   * @param name namespace and name, joined by a dot
   */
  public List<String> leftOver(String name) {
    return new TableFiles(catalog.loadTable(TableIdentifier.parse(name))).leftOver();
  }

  /**
   * Judges the files of a table whose rows are nobody's but the pipeline's.
   *
   * @param name namespace and name, joined by a dot
   * @return what is wrong; empty if nothing is
   */
  public List<Violation> checkFiles(String name) {
    TableFiles files = new TableFiles(catalog.loadTable(TableIdentifier.parse(name)));
    List<Violation> violations = new ArrayList<>();
    files.missing().forEach(file -> violations.add(new Violation(Rule.FILE, name, file)));
    files.leftOver().forEach(file -> violations.add(new Violation(Rule.ORPHAN, name, file)));
    return violations;
  }

  private static List<Snapshot> ancestry(Table table) {
    List<Snapshot> ancestry = new ArrayList<>();
    SnapshotUtil.currentAncestors(table).forEach(ancestry::add);
    Collections.reverse(ancestry);
    return ancestry;
  }

  private static Optional<List<Map<String, String>>> rows(
      Table table, Snapshot snapshot, List<String> missing) {
    List<Map<String, String>> rows = new ArrayList<>();
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(table).useSnapshot(snapshot.snapshotId()).build()) {
      records.forEach(record -> rows.add(RowText.of(record)));
      return Optional.of(rows);
    } catch (IOException | RuntimeException e) {
      missing.add("snapshot " + snapshot.snapshotId() + " cannot be read: " + e);
      return Optional.empty();
    }
  }
}
