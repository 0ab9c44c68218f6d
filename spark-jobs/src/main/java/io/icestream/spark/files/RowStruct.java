/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.nio.ByteBuffer;
import org.apache.iceberg.StructLike;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * A row of Spark as Iceberg's partition transforms read it. One instance shows one row after the
 * other.
 */
final class RowStruct implements StructLike {
  private final RowLayout layout;
  private InternalRow row;

  RowStruct(RowLayout layout) {
    this.layout = layout;
  }

  RowStruct show(InternalRow shown) {
    row = shown;
    return this;
  }

  @Override
  public int size() {
    return layout.size();
  }

  @Override
  public <T> T get(int position, Class<T> javaClass) {
    int ordinal = layout.ordinal(position);
    return ordinal == RowLayout.ABSENT || row.isNullAt(ordinal)
        ? null
        : javaClass.cast(value(ordinal, layout.type(position)));
  }

  private Object value(int ordinal, DataType type) {
    if (type instanceof StringType) {
      return row.getUTF8String(ordinal).toString();
    } else if (type instanceof BinaryType) {
      return ByteBuffer.wrap(row.getBinary(ordinal));
    } else if (type instanceof DecimalType decimal) {
      return row.getDecimal(ordinal, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    } else if (type instanceof StructType struct) {
      return new RowStruct(RowLayout.same(struct)).show(row.getStruct(ordinal, struct.length()));
    }
    return row.get(ordinal, type);
  }

  @Override
  public <T> void set(int position, T value) {
    throw new UnsupportedOperationException("A row that is to be written is only read");
  }
}
