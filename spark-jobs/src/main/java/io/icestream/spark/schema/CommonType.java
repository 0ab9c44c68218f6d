/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * One type for values of two types, for a column that is not there yet and can still be given any
 * type. {@link Widening} is for columns that are there.
 */
public final class CommonType {
  private CommonType() {}

  /** The type that holds the values of both; empty if there is none. */
  public static Optional<DataType> of(DataType one, DataType other) {
    if (one.equals(other) || other instanceof NullType) {
      return Optional.of(one);
    } else if (one instanceof NullType) {
      return Optional.of(other);
    } else if (one instanceof StructType a && other instanceof StructType b) {
      return struct(a, b);
    } else if (one instanceof ArrayType a && other instanceof ArrayType b) {
      return of(a.elementType(), b.elementType()).map(DataTypes::createArrayType);
    }
    return number(one, other).or(() -> number(other, one)).or(() -> Widening.both(one, other));
  }

  private static Optional<DataType> number(DataType one, DataType other) {
    boolean whole = one instanceof LongType || one instanceof DecimalType;
    if (whole && other instanceof DoubleType) {
      return Optional.of(other);
    }
    return one instanceof LongType && other instanceof DecimalType
        ? Optional.of(other)
        : Optional.empty();
  }

  private static Optional<DataType> struct(StructType one, StructType other) {
    List<StructField> fields = new ArrayList<>(Arrays.asList(one.fields()));
    for (StructField field : other.fields()) {
      int at = Arrays.asList(one.fieldNames()).indexOf(field.name());
      if (at < 0) {
        fields.add(field);
      } else {
        Optional<DataType> both = of(fields.get(at).dataType(), field.dataType());
        if (both.isEmpty()) {
          return Optional.empty();
        }
        fields.set(at, DataTypes.createStructField(field.name(), both.get(), true));
      }
    }
    return Optional.of(DataTypes.createStructType(fields));
  }
}
