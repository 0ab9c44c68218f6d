/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.icestream.model.SinkDefinition;
import io.icestream.spark.commit.KeyRange;
import io.icestream.spark.commit.KeyedMerge;
import io.icestream.spark.transform.WindowAggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.storage.StorageLevel;

/**
 * A window step's groups of one batch, merged with the table: full values, ready to be upserted.
 */
final class WindowUpdate implements AutoCloseable {
  private final Dataset<Row> reduced;
  private final Optional<KeyedMerge> merge;
  private final long rowsMerged;

  private WindowUpdate(Dataset<Row> reduced, Optional<KeyedMerge> merge, long rowsMerged) {
    this.reduced = reduced;
    this.merge = merge;
    this.rowsMerged = rowsMerged;
  }

  static WindowUpdate of(WindowAggregate aggregate, SinkDefinition sink) {
    Dataset<Row> reduced = aggregate.partial().persist(StorageLevel.MEMORY_AND_DISK());
    List<String> timeKeys = timeKeys(reduced, aggregate.groups());
    Row summary = summary(reduced, timeKeys);
    if (summary.isNullAt(0)) {
      return new WindowUpdate(reduced, Optional.empty(), 0);
    }
    List<KeyRange> ranges = ranges(summary, timeKeys);
    Dataset<Row> table = reduced.sparkSession().table(sink.table());
    for (KeyRange range : ranges) {
      table = table.filter(range.sql());
    }
    Dataset<Row> full =
        aggregate.mergedWith(reduced, table).persist(StorageLevel.MEMORY_AND_DISK());
    return new WindowUpdate(
        reduced, Optional.of(new KeyedMerge(full, sink.key(), ranges)), summary.getLong(0));
  }

  /** What to merge; empty if the batch has no rows for this step. */
  Optional<KeyedMerge> merge() {
    return merge;
  }

  /** How many rows the groups are made of, counted by the groups themselves. */
  long rowsMerged() {
    return rowsMerged;
  }

  @Override
  public void close() {
    merge.ifPresent(m -> m.rows().unpersist(false));
    reduced.unpersist(false);
  }

  /**
   * The number of rows, then smallest value, largest value and number of nulls of each time key.
   */
  private static Row summary(Dataset<Row> reduced, List<String> timeKeys) {
    List<Column> columns = new ArrayList<>();
    for (String key : timeKeys) {
      columns.add(min(col("`" + key + "`")).cast("string"));
      columns.add(max(col("`" + key + "`")).cast("string"));
      columns.add(count(when(col("`" + key + "`").isNull(), 1)));
    }
    return reduced
        .agg(
            sum(col(WindowAggregate.STATE).getField(WindowAggregate.ROWS)),
            columns.toArray(Column[]::new))
        .head();
  }

  private static List<String> timeKeys(Dataset<Row> reduced, List<String> groups) {
    List<String> keys = new ArrayList<>();
    for (StructField field : reduced.schema().fields()) {
      boolean time =
          field.dataType() instanceof TimestampType || field.dataType() instanceof DateType;
      if (time && groups.contains(field.name())) {
        keys.add(field.name());
      }
    }
    return keys;
  }

  private static List<KeyRange> ranges(Row summary, List<String> timeKeys) {
    List<KeyRange> ranges = new ArrayList<>();
    for (int i = 0; i < timeKeys.size(); i++) {
      boolean hasNull = summary.getLong(3 + 3 * i) > 0;
      if (!hasNull) {
        ranges.add(
            new KeyRange(
                timeKeys.get(i), summary.getString(1 + 3 * i), summary.getString(2 + 3 * i)));
      }
    }
    return ranges;
  }
}
