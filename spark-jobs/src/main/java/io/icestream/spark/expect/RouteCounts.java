/* SPDX-License-Identifier: MIT */
package io.icestream.spark.expect;

import io.icestream.spark.decode.DecodedColumns;
import io.icestream.spark.kept.RowCounter;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What the expectations did to a step's rows.
 *
 * @param rows all rows
 * @param accepted rows that go on
 * @param repeated rows from the same Kafka record, and line of it, as the row before
 * @param unmet rows by the expectation that took them out
 * @param warned rows by the first expectation that warns of them
 */
record RouteCounts(
    long rows, long accepted, long repeated, Map<String, Long> unmet, Map<String, Long> warned)
    implements Serializable {
  static final RouteCounts NONE = new RouteCounts(0, 0, 0, Map.of(), Map.of());

  RouteCounts {
    unmet = new HashMap<>(unmet);
    warned = new HashMap<>(warned);
  }

  RouteCounts and(RouteCounts other) {
    return new RouteCounts(
        rows + other.rows,
        accepted + other.accepted,
        repeated + other.repeated,
        sum(unmet, other.unmet),
        sum(warned, other.warned));
  }

  private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
    Map<String, Long> sum = new HashMap<>(one);
    other.forEach((name, count) -> sum.merge(name, count, Long::sum));
    return sum;
  }

  /** Counts the rows of one task. */
  static final class Counter implements RowCounter<RouteCounts> {
    private static final int SOURCE_FIELDS = DecodedColumns.SOURCE_TYPE.length();
    private static final int LINE = DecodedColumns.SOURCE_TYPE.fieldIndex("line");

    private final int source;
    private final int width;
    private final Map<String, Long> unmet = new HashMap<>();
    private final Map<String, Long> warned = new HashMap<>();
    private long rows;
    private long accepted;
    private long repeated;
    private long lastPartition = -1;
    private long lastOffset = -1;
    private long lastLine = -1;

    /**
     * @param source ordinal of the source struct; route and warning are the last two columns
     * @param width number of columns
     */
    Counter(int source, int width) {
      this.source = source;
      this.width = width;
    }

    @Override
    public boolean count(InternalRow row) {
      rows++;
      InternalRow position = row.getStruct(source, SOURCE_FIELDS);
      int partition = position.getInt(1);
      long offset = position.getLong(2);
      long line = position.isNullAt(LINE) ? -1 : position.getInt(LINE);
      if (partition == lastPartition && offset == lastOffset && line == lastLine) {
        repeated++;
      }
      lastPartition = partition;
      lastOffset = offset;
      lastLine = line;
      if (row.isNullAt(width - 2)) {
        accepted++;
        if (!row.isNullAt(width - 1)) {
          warned.merge(row.getString(width - 1), 1L, Long::sum);
        }
      } else {
        unmet.merge(row.getString(width - 2), 1L, Long::sum);
      }
      return true;
    }

    @Override
    public RouteCounts counts() {
      return new RouteCounts(rows, accepted, repeated, unmet, warned);
    }
  }
}
