/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import static org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH;
import static org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED;
import static org.apache.iceberg.shaded.org.apache.parquet.column.ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.parquet.ParquetUtil;
import org.apache.iceberg.shaded.org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Writes rows of Spark to a Parquet file of an Iceberg table: plain columns by {@link ColumnPages},
 * all others as Iceberg does. Pages are put together by Parquet's own library, so that footers,
 * compression and indexes are as everybody's.
 */
final class ParquetRows implements FileAppender<InternalRow> {
  private static final int PADDING = 0;
  private static final int FIRST_LOOK = 16;
  private static final int LONGEST_UNTIL_LOOK = 1_000;

  private final ParquetSettings settings;
  private final Map<String, String> metadata;
  private final MetricsConfig metrics;
  private final MessageType type;
  private final ColumnPages[] plain;
  private final List<ColumnDescriptor> descriptors = new ArrayList<>();
  private final NestedColumns nested;
  private final CompressionCodecFactory codecs;
  private final ParquetFileWriter writer;
  private ColumnChunkPageWriteStore pages;
  private long records;
  private long nextLook;
  private boolean closed;

  /**
   * Opens a file, over one that may be there.
   *
   * @param table whose file it is
   * @param rows where they have the columns of the table
   * @param settings of the table
   * @param file where it goes
   */
  ParquetRows(Table table, RowLayout rows, ParquetSettings settings, OutputFile file)
      throws IOException {
    this.settings = settings;
    this.metadata = Map.of("iceberg.schema", SchemaParser.toJson(table.schema()));
    this.metrics = MetricsConfig.forTable(table);
    this.type = ParquetSchemaUtil.convert(table.schema(), "table");
    List<ColumnPages> plainColumns = new ArrayList<>();
    List<NestedCell> cells = new ArrayList<>();
    List<Type> nestedTypes = new ArrayList<>();
    List<NestedField> fields = table.schema().columns();
    for (int i = 0; i < fields.size(); i++) {
      Type column = type.getType(i); // in the order of the schema
      Optional<ColumnPages> own = PlainColumns.of(column, rows, i, table.uuid(), settings);
      if (own.isPresent()) {
        plainColumns.add(own.get());
        descriptors.add(type.getColumnDescription(new String[] {column.getName()}));
      } else {
        cells.add(new NestedCell(column, rows.column(i), rows.ordinal(i)));
        nestedTypes.add(column);
      }
    }
    this.plain = plainColumns.toArray(ColumnPages[]::new);
    this.nested = new NestedColumns(cells, nestedTypes, settings);
    this.codecs = settings.codecs();
    this.writer =
        new ParquetFileWriter(
            new ParquetPlace(file),
            type,
            ParquetFileWriter.Mode.OVERWRITE,
            settings.rowGroup(),
            PADDING,
            DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    writer.start();
    begin();
  }

  private void begin() {
    pages =
        new ColumnChunkPageWriteStore(
            codecs.getCompressor(settings.codec()),
            type,
            HeapByteBufferAllocator.getInstance(),
            DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    for (int i = 0; i < plain.length; i++) {
      plain[i].begin(pages.getPageWriter(descriptors.get(i)));
    }
    nested.begin(pages);
    records = 0;
    nextLook = FIRST_LOOK;
  }

  @Override
  public void add(InternalRow row) {
    try {
      for (ColumnPages column : plain) {
        column.add(row);
      }
      nested.add(row);
      records++;
      if (records >= nextLook) {
        look();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A row group could not be written", e);
    }
  }

  /**
   * Ends the row group if it is full; else looks again when half of what is missing may be there.
   */
  private void look() throws IOException {
    long size = size();
    if (size >= settings.rowGroup()) {
      end();
      begin();
      return;
    }
    long perRecord = Math.max(size / records, 1);
    long half = (settings.rowGroup() - size) / perRecord / 2;
    nextLook = records + Math.max(Math.min(half, LONGEST_UNTIL_LOOK), 1);
  }

  private long size() {
    long size = nested.size();
    for (ColumnPages column : plain) {
      size += column.size();
    }
    return size;
  }

  private void end() throws IOException {
    if (records > 0) {
      writer.startBlock(records);
      for (ColumnPages column : plain) {
        column.end();
      }
      nested.end();
      pages.flushToFileWriter(writer);
      writer.endBlock();
    }
    pages.close();
    records = 0;
  }

  @Override
  public long length() {
    try {
      return closed ? writer.getPos() : writer.getPos() + size();
    } catch (IOException e) {
      throw new UncheckedIOException("A file does not tell its length", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      end();
      writer.end(metadata);
    } finally {
      codecs.release();
    }
  }

  /** What the file has; once it is closed. */
  @Override
  public Metrics metrics() {
    return ParquetUtil.footerMetrics(
        writer.getFooter(),
        Stream.concat(
            Stream.of(plain).flatMap(column -> column.metrics().stream()), nested.metrics()),
        metrics);
  }

  @Override
  public List<Long> splitOffsets() {
    return ParquetUtil.getSplitOffsets(writer.getFooter());
  }
}
