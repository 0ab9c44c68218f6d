/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import io.icestream.bench.workload.Column;
import io.icestream.bench.workload.ColumnType;
import io.icestream.bench.workload.RowChecksum;
import io.icestream.bench.workload.RowShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * What a table holds after a run.
 *
 * @param rows its rows, read one by one
 * @param commits how many snapshots were committed
 * @param files data files of the newest snapshot
 * @param bytes their size
 */
public record TableState(RowChecksum rows, long commits, long files, long bytes) {

  static TableState of(Table table, RowShape shape) {
    long files = 0;
    long bytes = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        files++;
        bytes += task.file().fileSizeInBytes();
      }
      return new TableState(rows(table, shape), commits(table), files, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Table " + table.name() + " cannot be read", e);
    }
  }

  private static RowChecksum rows(Table table, RowShape shape) throws IOException {
    RowChecksum rows = new RowChecksum(shape);
    List<Column> columns = shape.columns();
    Object[] values = new Object[columns.size()];
    String[] names = columns.stream().map(Column::name).toArray(String[]::new);
    try (CloseableIterable<Record> records = IcebergGenerics.read(table).select(names).build()) {
      for (Record record : records) {
        for (int i = 0; i < values.length; i++) {
          values[i] = value(columns.get(i).type(), record.getField(names[i]));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  /** Each commit of data has the next number, whatever snapshots have expired since. */
  private static long commits(Table table) {
    return table.currentSnapshot() == null ? 0 : table.currentSnapshot().sequenceNumber();
  }

  private static Object value(ColumnType type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case STRING -> value.toString();
      case LONG, INT -> ((Number) value).longValue();
      case DOUBLE, BOOLEAN -> value;
      case TIMESTAMP -> micros(value);
    };
  }

  private static long micros(Object time) {
    Instant instant =
        time instanceof OffsetDateTime with
            ? with.toInstant()
            : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
