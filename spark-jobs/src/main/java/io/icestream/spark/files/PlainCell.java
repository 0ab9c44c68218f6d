/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.DoubleFieldMetrics;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.FloatFieldMetrics;
import org.apache.iceberg.parquet.ParquetValueWriters.PrimitiveWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.io.api.Binary;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** A top-level column of numbers, truths, times or texts. */
abstract sealed class PlainCell extends PrimitiveWriter<Object> implements RowCell {
  private final String name;
  private final boolean optional;
  final int ordinal;

  private PlainCell(ColumnDescriptor column, int ordinal) {
    super(column);
    this.name = column.getPath()[0];
    this.optional = column.getMaxDefinitionLevel() > 0;
    this.ordinal = ordinal;
  }

  /**
   * A cell for a column, if it is plain and stored as such.
   *
   * @param file the columns of the file
   * @param type the column in the file
   * @param rows its type in the rows
   * @param ordinal of the column in the rows, or {@link RowLayout#ABSENT}
   */
  static Optional<RowCell> of(MessageType file, Type type, DataType rows, int ordinal) {
    if (!type.isPrimitive() || ordinal == RowLayout.ABSENT) {
      return Optional.empty();
    }
    ColumnDescriptor column = file.getColumnDescription(new String[] {type.getName()});
    return Optional.ofNullable(
        cell(column, type.asPrimitiveType().getPrimitiveTypeName(), rows, ordinal));
  }

  private static RowCell cell(
      ColumnDescriptor column, PrimitiveTypeName stored, DataType rows, int ordinal) {
    if (stored == INT64 && isLong(rows)) {
      return new Longs(column, ordinal);
    } else if (stored == INT32 && (rows instanceof IntegerType || rows instanceof DateType)) {
      return new Ints(column, ordinal);
    } else if (stored == DOUBLE && rows instanceof DoubleType) {
      return new Doubles(column, ordinal);
    } else if (stored == FLOAT && rows instanceof FloatType) {
      return new Floats(column, ordinal);
    } else if (stored == BOOLEAN && rows instanceof BooleanType) {
      return new Truths(column, ordinal);
    } else if (stored == BINARY && rows instanceof StringType) {
      return new Texts(column, ordinal);
    }
    return null;
  }

  private static boolean isLong(DataType rows) {
    return rows instanceof LongType
        || rows instanceof TimestampType
        || rows instanceof TimestampNTZType;
  }

  @Override
  public final void write(InternalRow row) {
    if (!row.isNullAt(ordinal)) {
      writeValue(row);
    } else if (optional) {
      column.writeNull(0, 0);
      wroteNull();
    } else {
      throw new IllegalStateException("Column '" + name + "' is required, and a row has none");
    }
  }

  abstract void writeValue(InternalRow row);

  void wroteNull() {}

  @Override
  public Stream<FieldMetrics<?>> metrics() {
    return Stream.empty(); // the footer tells all
  }

  private static final class Longs extends PlainCell {
    Longs(ColumnDescriptor column, int ordinal) {
      super(column, ordinal);
    }

    @Override
    void writeValue(InternalRow row) {
      column.writeLong(0, row.getLong(ordinal));
    }
  }

  private static final class Ints extends PlainCell {
    Ints(ColumnDescriptor column, int ordinal) {
      super(column, ordinal);
    }

    @Override
    void writeValue(InternalRow row) {
      column.writeInteger(0, row.getInt(ordinal));
    }
  }

  private static final class Truths extends PlainCell {
    Truths(ColumnDescriptor column, int ordinal) {
      super(column, ordinal);
    }

    @Override
    void writeValue(InternalRow row) {
      column.writeBoolean(0, row.getBoolean(ordinal));
    }
  }

  private static final class Texts extends PlainCell {
    Texts(ColumnDescriptor column, int ordinal) {
      super(column, ordinal);
    }

    @Override
    void writeValue(InternalRow row) {
      column.writeBinary(0, binary(row.getUTF8String(ordinal)));
    }

    /** The text where it lies: whoever keeps it copies it. */
    private static Binary binary(UTF8String text) {
      if (text.getBaseObject() instanceof byte[] bytes) {
        int start = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
        return Binary.fromReusedByteArray(bytes, start, text.numBytes());
      }
      return Binary.fromConstantByteArray(text.getBytes());
    }
  }

  /** The footer does not count the values that are no number, nor leave them out of the bounds. */
  private static final class Doubles extends PlainCell {
    private final DoubleFieldMetrics.Builder values;
    private long nulls;

    Doubles(ColumnDescriptor column, int ordinal) {
      super(column, ordinal);
      values = new DoubleFieldMetrics.Builder(column.getPrimitiveType().getId().intValue());
    }

    @Override
    void writeValue(InternalRow row) {
      double value = row.getDouble(ordinal);
      column.writeDouble(0, value);
      values.addValue(value);
    }

    @Override
    void wroteNull() {
      nulls++;
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
      return Stream.of(withNulls(values.build(), nulls));
    }
  }

  /** As {@link Doubles}. */
  private static final class Floats extends PlainCell {
    private final FloatFieldMetrics.Builder values;
    private long nulls;

    Floats(ColumnDescriptor column, int ordinal) {
      super(column, ordinal);
      values = new FloatFieldMetrics.Builder(column.getPrimitiveType().getId().intValue());
    }

    @Override
    void writeValue(InternalRow row) {
      float value = row.getFloat(ordinal);
      column.writeFloat(0, value);
      values.addValue(value);
    }

    @Override
    void wroteNull() {
      nulls++;
    }

    @Override
    public Stream<FieldMetrics<?>> metrics() {
      return Stream.of(withNulls(values.build(), nulls));
    }
  }

  private static <T> FieldMetrics<T> withNulls(FieldMetrics<T> values, long nulls) {
    return new FieldMetrics<>(
        values.id(),
        values.valueCount() + nulls,
        nulls,
        values.nanValueCount(),
        values.lowerBound(),
        values.upperBound());
  }
}
