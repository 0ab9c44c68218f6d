/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.spark.sql.SparkSession;

/**
 * The tables that batches are committed to, so that a look at one reads only what is new in it.
 * Each look asks the catalog. A table is used by one thread at a time.
 */
public final class LoadedTables {
  /** A pipeline may write to very many tables, and the history of each takes memory. */
  private static final int MOST = 16;

  private final Map<String, Table> tables =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Table> eldest) {
          return size() > MOST;
        }
      };

  /**
   * The newest state of a table.
   *
   * @throws io.icestream.spark.failure.PipelineFailure if it does not exist
   */
  Table load(SparkSession spark, String name) {
    Table known = remove(name);
    Table table = known != null && isRefreshed(known) ? known : IcebergTables.load(spark, name);
    put(name, table);
    return table;
  }

  /** What the newest state of a table tells. */
  TableHistory history(SparkSession spark, String name) {
    Table table = load(spark, name);
    // What it says stays the same when the table is looked at again
    return table instanceof BaseTable base
        ? TableHistory.of(base.operations().current())
        : TableHistory.of(table);
  }

  /** False if another table has come into its place. */
  private static boolean isRefreshed(Table table) {
    try {
      table.refresh();
      return true;
    } catch (NoSuchTableException | IllegalStateException e) {
      return false; // to load it tells what there is
    }
  }

  private synchronized Table remove(String name) {
    return tables.remove(name);
  }

  private synchronized void put(String name, Table table) {
    tables.put(name, table);
  }
}
