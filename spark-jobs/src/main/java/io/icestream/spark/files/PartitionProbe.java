/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Tells whether a row is surely in the partition of the row before it, without working its
 * partition out: rows that follow each other mostly are.
 */
final class PartitionProbe {
  private static final long MICROS_PER_HOUR = 3_600_000_000L;
  private static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

  private final Part[] parts;
  private boolean hasRow;

  private PartitionProbe(List<Part> parts) {
    this.parts = parts.toArray(Part[]::new);
  }

  /**
   * A probe for rows of a table.
   *
   * @param spec its partitions
   * @param schema its columns
   * @param rows where they have these columns
   */
  static PartitionProbe of(PartitionSpec spec, Schema schema, RowLayout rows) {
    List<Part> parts = new ArrayList<>();
    for (PartitionField field : spec.fields()) {
      if (!field.transform().isVoid()) {
        parts.add(part(field, schema, rows).orElse(new Part.Unknown()));
      }
    }
    return new PartitionProbe(parts);
  }

  private static Optional<Part> part(PartitionField field, Schema schema, RowLayout rows) {
    List<NestedField> fields = schema.columns();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).fieldId() == field.sourceId()) {
        int ordinal = rows.ordinal(i);
        return ordinal == RowLayout.ABSENT
            ? Optional.of(new Part.Same())
            : Optional.ofNullable(part(field, ordinal, rows.type(i)));
      }
    }
    return Optional.empty(); // in a struct
  }

  private static Part part(PartitionField field, int ordinal, DataType type) {
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return switch (field.transform().toString()) {
        case "day" ->
            new Part.Whole(row -> Math.floorDiv(row.getLong(ordinal), MICROS_PER_DAY), ordinal);
        case "hour" ->
            new Part.Whole(row -> Math.floorDiv(row.getLong(ordinal), MICROS_PER_HOUR), ordinal);
        default -> new Part.Whole(row -> row.getLong(ordinal), ordinal);
      };
    } else if (type instanceof LongType) {
      return new Part.Whole(row -> row.getLong(ordinal), ordinal);
    } else if (type instanceof IntegerType || type instanceof DateType) {
      return new Part.Whole(row -> row.getInt(ordinal), ordinal);
    } else if (type instanceof BooleanType) {
      return new Part.Whole(row -> row.getBoolean(ordinal) ? 1 : 0, ordinal);
    }
    return type instanceof StringType ? new Part.Text(ordinal) : null;
  }

  /** Whether a row is surely in the partition of the row that was shown before it. */
  boolean stays(InternalRow row) {
    boolean stays = hasRow;
    hasRow = true;
    for (Part part : parts) {
      stays &= part.stays(row);
    }
    return stays;
  }

  /** What one field of the partition depends on. */
  private sealed interface Part {
    /** Whether it is as in the row before; takes the row for the one before the next. */
    boolean stays(InternalRow row);

    /** Rows do not have it. */
    record Same() implements Part {
      @Override
      public boolean stays(InternalRow row) {
        return true;
      }
    }

    /** Nothing is known of it. */
    record Unknown() implements Part {
      @Override
      public boolean stays(InternalRow row) {
        return false;
      }
    }

    /** A whole number. */
    final class Whole implements Part {
      private final Code code;
      private final int ordinal;
      private boolean wasNull;
      private long last;

      private Whole(Code code, int ordinal) {
        this.code = code;
        this.ordinal = ordinal;
      }

      @Override
      public boolean stays(InternalRow row) {
        boolean isNull = row.isNullAt(ordinal);
        long now = isNull ? 0 : code.of(row);
        boolean stays = isNull == wasNull && now == last;
        wasNull = isNull;
        last = now;
        return stays;
      }
    }

    /** A text. */
    final class Text implements Part {
      private final int ordinal;
      private UTF8String last;

      private Text(int ordinal) {
        this.ordinal = ordinal;
      }

      @Override
      public boolean stays(InternalRow row) {
        UTF8String now = row.isNullAt(ordinal) ? null : row.getUTF8String(ordinal);
        if (now == null ? last == null : now.equals(last)) {
          return true;
        }
        last = now == null ? null : now.copy();
        return false;
      }
    }
  }

  /** A number that two values have in common only if they are in one partition. */
  @FunctionalInterface
  private interface Code {
    long of(InternalRow row);
  }
}
