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
  private final DataType[] types;
  private InternalRow row;

  RowStruct(StructType columns) {
    types = new DataType[columns.length()];
    for (int i = 0; i < types.length; i++) {
      types[i] = columns.fields()[i].dataType();
    }
  }

  RowStruct show(InternalRow shown) {
    row = shown;
    return this;
  }

  @Override
  public int size() {
    return types.length;
  }

  @Override
  public <T> T get(int position, Class<T> javaClass) {
    return row.isNullAt(position) ? null : javaClass.cast(value(position, types[position]));
  }

  private Object value(int position, DataType type) {
    if (type instanceof StringType) {
      return row.getUTF8String(position).toString();
    } else if (type instanceof BinaryType) {
      return ByteBuffer.wrap(row.getBinary(position));
    } else if (type instanceof DecimalType decimal) {
      return row.getDecimal(position, decimal.precision(), decimal.scale()).toJavaBigDecimal();
    } else if (type instanceof StructType struct) {
      return new RowStruct(struct).show(row.getStruct(position, struct.length()));
    }
    return row.get(position, type);
  }

  @Override
  public <T> void set(int position, T value) {
    throw new UnsupportedOperationException("A row that is to be written is only read");
  }
}
