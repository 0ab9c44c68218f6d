/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.files.RowLayout;
import io.icestream.spark.files.Spread;
import io.icestream.spark.files.TableTap;
import io.icestream.spark.plan.SourcePlan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.sql.SparkSession;

/**
 * Files of a batch that are written while its rows are decoded, so that these are not kept. Those
 * that no commit has taken are deleted when it is closed.
 */
public final class DirectFiles implements AutoCloseable {
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, List<DataFile>> files = new ConcurrentHashMap<>();
  private final TableTap tap = new TableTap();

  private DirectFiles() {}

  /** Of a batch whose rows are kept. */
  public static DirectFiles none() {
    return new DirectFiles();
  }

  /**
   * Prepares the writing.
   *
   * @param spark the session of the batch
   * @param source what the rows come from
   * @param sinks the tables that all of its accepted rows are appended to
   * @param loaded these tables
   * @return empty if one of the tables cannot be written to in this way, or better is not
   */
  public static Optional<DirectFiles> into(
      SparkSession spark, SourcePlan source, Collection<String> sinks, LoadedTables loaded) {
    DirectFiles direct = new DirectFiles();
    for (String sink : sinks) {
      Table table = loaded.load(spark, sink);
      Optional<RowLayout> rows =
          AppendRows.whileDecoded(SparkSchemaUtil.convert(table.schema()), source)
              .filter(layout -> TableTap.canWrite(table, layout));
      if (rows.isEmpty() || Spread.isWide(table)) {
        return Optional.empty();
      }
      direct.tables.put(sink, table);
      direct.tap.add(spark, sink, table, rows.get());
    }
    return Optional.of(direct);
  }

  /** Writes the rows. */
  public TableTap tap() {
    return tap;
  }

  /** Takes up what the tasks have written. */
  public void add(List<TableTap.Written> tasks) {
    files.putAll(TableTap.all(tasks));
    tables.forEach(
        (sink, table) -> {
          files.putIfAbsent(sink, List.of());
          Spread.note(table, files.get(sink));
        });
  }

  /** Hands the files of a table over to its commit, which deletes them if it is refused. */
  Optional<List<DataFile>> take(String sink) {
    return Optional.ofNullable(files.remove(sink));
  }

  @Override
  public void close() {
    files.forEach((sink, left) -> FileAppend.delete(tables.get(sink), left));
    files.clear();
  }
}
