/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * How many partitions the last write to a table had rows for. Each task writes a file for each of
 * its partitions, so that rows of many partitions are better sent to the task that has theirs; rows
 * of few are better left where they are. The next write mostly is like the last one.
 */
public final class Spread {
  /** From so many partitions on, to send rows costs less than to open files in all tasks. */
  static final int WIDE = 8;

  private static final Map<UUID, Integer> LAST = new ConcurrentHashMap<>();

  private Spread() {}

  /** Whether the rows of a table are better sent to the task that has their partition. */
  public static boolean isWide(Table table) {
    return LAST.getOrDefault(table.uuid(), 0) >= WIDE;
  }

  /**
   * Remembers a write.
   *
   * @param table where it went
   * @param files all of its files; none says nothing
   */
  public static void note(Table table, List<DataFile> files) {
    if (!files.isEmpty() && table.spec().isPartitioned()) {
      Set<String> partitions =
          files.stream()
              .map(file -> table.spec().partitionToPath(file.partition()))
              .collect(Collectors.toSet());
      LAST.put(table.uuid(), partitions.size());
    }
  }
}
