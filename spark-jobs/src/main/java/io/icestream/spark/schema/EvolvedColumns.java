/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import io.icestream.spark.schema.SchemaChange.Added;
import io.icestream.spark.schema.SchemaChange.Widened;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns after a {@link SchemaChange}. Pure. */
public final class EvolvedColumns {
  /** More than that, and field names are probably data. */
  static final int MOST_COLUMNS = 1_000;

  /** What SQL, Iceberg's paths and people can all name. */
  private static final Pattern NAME = Pattern.compile("[^\\s.`'\"\\\\\\p{Cntrl}]{1,128}");

  private EvolvedColumns() {}

  /**
   * Applies a change.
   *
   * @throws IllegalArgumentException if the columns cannot follow it; the message says why
   */
  public static StructType of(StructType columns, SchemaChange change) {
    StructType evolved = (StructType) in(columns, change.path(), change);
    if (change instanceof Added && leaves(evolved) > MOST_COLUMNS) {
      throw new IllegalArgumentException("there would be more than " + MOST_COLUMNS + " columns");
    }
    return evolved;
  }

  /**
   * Columns of both, as when the file's schema has moved on while a table has too.
   *
   * @param columns the columns; theirs is the order
   * @param others further columns, all optional
   * @throws IllegalArgumentException if they contradict each other; the message says where
   */
  public static StructType union(StructType columns, StructType others) {
    return (StructType) union(columns, others, ColumnPath.ROOT);
  }

  private static DataType in(DataType type, ColumnPath path, SchemaChange change) {
    if (path.isRoot()) {
      return widened(type, change);
    } else if (type instanceof StructType struct) {
      return field(struct, path, change);
    } else if (type instanceof ArrayType array && path.first().equals(ColumnPath.ITEM)) {
      boolean optional = array.containsNull() || isMadeOptional(path, change);
      return DataTypes.createArrayType(inside(array.elementType(), path, change), optional);
    } else if (type instanceof MapType map && path.first().equals(ColumnPath.VALUE)) {
      boolean optional = map.valueContainsNull() || isMadeOptional(path, change);
      return DataTypes.createMapType(
          map.keyType(), inside(map.valueType(), path, change), optional);
    }
    throw new IllegalArgumentException("'" + path + "' is no part of " + type.simpleString());
  }

  private static DataType inside(DataType type, ColumnPath path, SchemaChange change) {
    return isMadeOptional(path, change) ? type : in(type, path.rest(), change);
  }

  private static boolean isMadeOptional(ColumnPath path, SchemaChange change) {
    return change instanceof SchemaChange.MadeOptional && path.names().size() == 1;
  }

  private static DataType widened(DataType type, SchemaChange change) {
    if (change instanceof Widened widened) {
      return Widening.both(type, widened.type())
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "no Iceberg table can make "
                          + type.simpleString()
                          + " "
                          + widened.type().simpleString()));
    }
    return type;
  }

  private static StructType field(StructType struct, ColumnPath path, SchemaChange change) {
    int at = Arrays.asList(struct.fieldNames()).indexOf(path.first());
    if (change instanceof Added added && path.names().size() == 1) {
      return at < 0 ? add(struct, path.first(), added.type()) : struct;
    }
    if (at < 0) {
      throw new IllegalArgumentException("there is no column '" + path.first() + "'");
    }
    return replace(
        struct,
        at,
        old ->
            DataTypes.createStructField(
                old.name(),
                inside(old.dataType(), path, change),
                old.nullable() || isMadeOptional(path, change)));
  }

  private static StructType add(StructType struct, String name, DataType type) {
    requireName(name);
    requireNames(type);
    for (String other : struct.fieldNames()) {
      if (other.equalsIgnoreCase(name)) {
        throw new IllegalArgumentException(
            "SQL cannot tell it from column '" + other + "', which differs in case alone");
      }
    }
    return struct.add(name, type, true);
  }

  private static void requireNames(DataType type) {
    if (type instanceof StructType struct) {
      StructType seen = new StructType();
      for (StructField field : struct.fields()) {
        seen = add(seen, field.name(), field.dataType());
      }
    } else if (type instanceof ArrayType array) {
      requireNames(array.elementType());
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "its name has blanks, dots, quotes or control characters, is empty or too long");
    }
  }

  private static StructType replace(
      StructType struct, int at, UnaryOperator<StructField> replacement) {
    StructField[] fields = struct.fields().clone();
    fields[at] = replacement.apply(fields[at]);
    return DataTypes.createStructType(fields);
  }

  private static int leaves(DataType type) {
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).mapToInt(f -> leaves(f.dataType())).sum();
    } else if (type instanceof ArrayType array) {
      return leaves(array.elementType());
    }
    return type instanceof MapType map ? leaves(map.valueType()) : 1;
  }

  private static DataType union(DataType one, DataType other, ColumnPath path) {
    if (one instanceof StructType a && other instanceof StructType b) {
      return structs(a, b, path);
    } else if (one instanceof ArrayType a && other instanceof ArrayType b) {
      return DataTypes.createArrayType(
          union(a.elementType(), b.elementType(), path.to(ColumnPath.ITEM)),
          a.containsNull() || b.containsNull());
    } else if (one instanceof MapType a && other instanceof MapType b) {
      return DataTypes.createMapType(
          a.keyType(),
          union(a.valueType(), b.valueType(), path.to(ColumnPath.VALUE)),
          a.valueContainsNull() || b.valueContainsNull());
    }
    return Widening.both(one, other)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "column '"
                        + path
                        + "' is "
                        + one.simpleString()
                        + " in one and "
                        + other.simpleString()
                        + " in the other"));
  }

  private static StructType structs(StructType one, StructType other, ColumnPath path) {
    List<StructField> fields = new ArrayList<>();
    for (StructField field : one.fields()) {
      int at = Arrays.asList(other.fieldNames()).indexOf(field.name());
      if (at < 0) {
        fields.add(field);
      } else {
        StructField twin = other.fields()[at];
        fields.add(
            DataTypes.createStructField(
                field.name(),
                union(field.dataType(), twin.dataType(), path.to(field.name())),
                field.nullable() || twin.nullable()));
      }
    }
    for (StructField field : other.fields()) {
      if (!Arrays.asList(one.fieldNames()).contains(field.name())) {
        fields.add(DataTypes.createStructField(field.name(), field.dataType(), true));
      }
    }
    return DataTypes.createStructType(fields);
  }
}
