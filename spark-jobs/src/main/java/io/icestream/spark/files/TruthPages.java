/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.catalyst.InternalRow;

/** A column of truths: one bit for each, the first in the lowest. */
final class TruthPages extends ColumnPages {
  private final ValueBytes bytes = new ValueBytes();
  private int pending;
  private int count;
  private boolean anyTrue;
  private boolean anyFalse;

  TruthPages(PrimitiveType column, int ordinal, PageLimits limits) {
    super(column, ordinal, limits);
  }

  @Override
  void beginValues() {
    beginPage();
  }

  @Override
  void addValue(InternalRow row) {
    if (row.getBoolean(ordinal)) {
      pending |= 1 << (count % Byte.SIZE);
      anyTrue = true;
    } else {
      anyFalse = true;
    }
    if (++count % Byte.SIZE == 0) {
      bytes.addByte(pending);
      pending = 0;
    }
  }

  @Override
  int valueBytes() {
    return bytes.size();
  }

  @Override
  Page page(int values) {
    if (count % Byte.SIZE != 0) {
      bytes.addByte(pending);
    }
    return new Page(bytes.view(), Encoding.PLAIN);
  }

  @Override
  void describe(Statistics<?> statistics) {
    statistics.updateStats(!anyFalse);
    statistics.updateStats(anyTrue);
  }

  @Override
  void beginPage() {
    bytes.clear();
    pending = 0;
    count = 0;
    anyTrue = false;
    anyFalse = false;
  }

  @Override
  void endValues(PageWriter writer) {}
}
