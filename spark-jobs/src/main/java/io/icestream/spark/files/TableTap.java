/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import io.icestream.spark.kept.RowTap;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** Writes each row that comes to the files of some tables, to all of them in one pass. */
public final class TableTap implements RowTap.Opening<TableTap.Written> {
  private static final long serialVersionUID = 1;

  private final ArrayList<Target> targets = new ArrayList<>();
  private final String operation = UUID.randomUUID().toString();

  private record Target(String name, Broadcast<Table> table, RowLayout rows)
      implements Serializable {}

  /**
   * The files of one task.
   *
   * @param files by the name that the table was added by
   */
  public record Written(LinkedHashMap<String, List<DataFile>> files) implements Serializable {}

  /**
   * Whether rows can be written to a table as they are.
   *
   * @param table where the files are to go
   * @param rows where they have the columns of the table
   */
  public static boolean canWrite(Table table, RowLayout rows) {
    return rows.isSame() || RowWriter.format(table) == FileFormat.PARQUET;
  }

  /**
   * Adds a table.
   *
   * @param spark the session
   * @param name what it is called here
   * @param table where the files are to go
   * @param rows where they have the columns of the table, as {@link #canWrite} allows
   */
  public void add(SparkSession spark, String name, Table table, RowLayout rows) {
    targets.add(new Target(name, SharedTables.share(spark, table), rows));
  }

  @Override
  public RowTap<Written> open() {
    TaskContext task = TaskContext.get();
    RowWriter[] writers = new RowWriter[targets.size()];
    for (int i = 0; i < writers.length; i++) {
      Target target = targets.get(i);
      writers[i] =
          new RowWriter(
              target.table().value(),
              target.rows(),
              operation,
              task.partitionId(),
              task.taskAttemptId());
    }
    return new Tap(writers);
  }

  private final class Tap implements RowTap<Written> {
    private final RowWriter[] writers;

    Tap(RowWriter[] writers) {
      this.writers = writers;
    }

    @Override
    public void take(InternalRow row) {
      for (RowWriter writer : writers) {
        writer.write(row);
      }
    }

    @Override
    public Written end() {
      LinkedHashMap<String, List<DataFile>> files = new LinkedHashMap<>();
      try {
        for (int i = 0; i < writers.length; i++) {
          files.put(targets.get(i).name(), new ArrayList<>(writers[i].finish()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Rows could not be written", e);
      }
      return new Written(files);
    }

    @Override
    public void abandon(Throwable reason) {
      for (RowWriter writer : writers) {
        writer.discard(reason);
      }
    }
  }

  /** The files of all tasks, by the names of the tables. */
  public static Map<String, List<DataFile>> all(List<Written> tasks) {
    Map<String, List<DataFile>> all = new LinkedHashMap<>();
    for (Written task : tasks) {
      task.files()
          .forEach(
              (name, files) -> all.computeIfAbsent(name, n -> new ArrayList<>()).addAll(files));
    }
    return all;
  }
}
