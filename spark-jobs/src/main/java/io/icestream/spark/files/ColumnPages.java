/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import static org.apache.iceberg.shaded.org.apache.parquet.column.Encoding.RLE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.BytesInput;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.iceberg.shaded.org.apache.parquet.column.Encoding;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.statistics.Statistics;
import org.apache.iceberg.shaded.org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type.Repetition;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A top-level column of plain values while it is written. Values are gathered, and given to Parquet
 * page by page: it asks for no object per value, and compares and looks up no more than has to be.
 * Pages are of the first version (https://parquet.apache.org/docs/file-format/data-pages): the
 * nulls, then the values.
 */
abstract sealed class ColumnPages permits DictionaryPages, TruthPages {
  private static final int LEVEL_BITS = 1;

  final int ordinal;
  final PrimitiveType column;
  private final boolean optional;
  private final PageLimits limits;
  private final long[] nullRows;
  private PageWriter pages;
  private int rows;
  private int nulls;
  private long allRows;
  private long allNulls;

  /**
   * @param column as the file has it
   * @param ordinal of the column in the rows
   * @param limits of a page
   */
  ColumnPages(PrimitiveType column, int ordinal, PageLimits limits) {
    this.column = column;
    this.ordinal = ordinal;
    this.optional = column.isRepetition(Repetition.OPTIONAL);
    this.limits = limits;
    this.nullRows = new long[optional ? limits.rows() / Long.SIZE + 1 : 0];
  }

  /**
   * Pages of a file.
   *
   * @param rows the most of a page
   * @param bytes at which a page is ended
   * @param dictionary how large that of a column may become, in bytes
   */
  record PageLimits(int rows, int bytes, int dictionary) {}

  /** Begins a row group. */
  final void begin(PageWriter writer) {
    pages = writer;
    beginValues();
  }

  /** Adds what a row has. */
  final void add(InternalRow row) throws IOException {
    if (!row.isNullAt(ordinal)) {
      addValue(row);
    } else if (optional) {
      nullRows[rows / Long.SIZE] |= 1L << rows;
      nulls++;
    } else {
      throw new IllegalStateException(
          "Column '" + column.getName() + "' is required, and a row has none");
    }
    rows++;
    if (rows >= limits.rows() || valueBytes() >= limits.bytes()) {
      endPage();
    }
  }

  /** Ends a row group. */
  final void end() throws IOException {
    if (rows > 0) {
      endPage();
    }
    endValues(pages);
  }

  /** What the row group takes so far, in bytes. */
  final long size() {
    return pages.getMemSize() + valueBytes();
  }

  private void endPage() throws IOException {
    Statistics<?> statistics = Statistics.createStats(column);
    statistics.incrementNumNulls(nulls);
    int values = rows - nulls;
    Page page = page(values);
    if (values > 0) {
      describe(statistics);
    }
    pages.writePage(
        BytesInput.concat(levels(), page.values()),
        rows,
        rows,
        statistics,
        RLE,
        RLE,
        page.encoding());
    allRows += rows;
    allNulls += nulls;
    beginPage();
    if (nulls > 0) {
      Arrays.fill(nullRows, 0);
    }
    nulls = 0;
    rows = 0;
  }

  /** Which rows have a value, behind how many bytes that takes. */
  private BytesInput levels() throws IOException {
    if (!optional) {
      return BytesInput.empty();
    }
    BytesInput runs;
    if (nulls == 0 || nulls == rows) {
      runs =
          BytesInput.concat(
              BytesInput.fromUnsignedVarInt(rows << 1),
              BytesInput.from(new byte[] {(byte) (nulls == 0 ? 1 : 0)}));
    } else {
      int[] present = new int[rows];
      for (int i = 0; i < rows; i++) {
        present[i] = (nullRows[i / Long.SIZE] & 1L << i) == 0 ? 1 : 0;
      }
      runs = runs(present, rows, LEVEL_BITS);
    }
    return BytesInput.concat(BytesInput.fromInt((int) runs.size()), runs);
  }

  /** Numbers as runs and packed bits. */
  static BytesInput runs(int[] numbers, int count, int bits) throws IOException {
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(
            bits, 1 << 10, 1 << 20, HeapByteBufferAllocator.getInstance())) {
      for (int i = 0; i < count; i++) {
        encoder.writeInt(numbers[i]);
      }
      ByteArrayOutputStream runs = new ByteArrayOutputStream();
      encoder.toBytes().writeAllTo(runs);
      return BytesInput.from(runs);
    }
  }

  /** The values of a page. */
  record Page(BytesInput values, Encoding encoding) {}

  abstract void beginValues();

  abstract void addValue(InternalRow row);

  /** How many bytes the values of the page take at most. */
  abstract int valueBytes();

  /** The page, whose values are so many. */
  abstract Page page(int values) throws IOException;

  /** Tells the least and the greatest of the page's values, of which there is one at least. */
  abstract void describe(Statistics<?> statistics);

  abstract void beginPage();

  abstract void endValues(PageWriter writer) throws IOException;

  /** What the file's footer does not tell, once the last row group has ended. */
  final Optional<FieldMetrics<?>> metrics() {
    return metrics(allRows, allNulls);
  }

  Optional<FieldMetrics<?>> metrics(long rowsOfAll, long nullsOfAll) {
    return Optional.empty();
  }
}
