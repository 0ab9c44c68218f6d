/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import io.icestream.spark.files.NumberPages.Kind;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;
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

/** Finds the columns of numbers, truths, times or texts that are stored as rows have them. */
final class PlainColumns {
  private PlainColumns() {}

  /**
   * A column, if it is plain.
   *
   * @param column in the file
   * @param rows where they have the columns of the table
   * @param position of the column in the table
   * @param table which one
   * @param settings of the table
   */
  static Optional<ColumnPages> of(
      Type column, RowLayout rows, int position, UUID table, ParquetSettings settings) {
    int ordinal = rows.ordinal(position);
    if (!column.isPrimitive() || ordinal == RowLayout.ABSENT) {
      return Optional.empty();
    }
    PrimitiveType primitive = column.asPrimitiveType();
    PrimitiveTypeName stored = primitive.getPrimitiveTypeName();
    DataType type = rows.type(position);
    ColumnPages.PageLimits limits = settings.pages();
    if (stored == BOOLEAN && type instanceof BooleanType) {
      return Optional.of(new TruthPages(primitive, ordinal, limits));
    }
    RepeatingColumns.Column repeating =
        new RepeatingColumns.Column(table, column.getId().intValue(), settings.dictionaries());
    if (stored == BINARY && type instanceof StringType) {
      return Optional.of(new TextPages(primitive, ordinal, limits, repeating));
    }
    return kind(stored, type)
        .map(kind -> new NumberPages(primitive, ordinal, limits, repeating, kind));
  }

  private static Optional<Kind> kind(PrimitiveTypeName stored, DataType type) {
    if (stored == INT64 && isLong(type)) {
      return Optional.of(Kind.LONG);
    } else if (stored == INT32 && (type instanceof IntegerType || type instanceof DateType)) {
      return Optional.of(Kind.INT);
    } else if (stored == DOUBLE && type instanceof DoubleType) {
      return Optional.of(Kind.DOUBLE);
    } else if (stored == FLOAT && type instanceof FloatType) {
      return Optional.of(Kind.FLOAT);
    }
    return Optional.empty();
  }

  private static boolean isLong(DataType type) {
    return type instanceof LongType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType;
  }
}
