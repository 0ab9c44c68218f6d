/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that an Avro record schema describes. */
final class AvroColumns {
  private AvroColumns() {}

  static StructType of(String schemaText) {
    return of(AvroSchemas.parse(schemaText));
  }

  static StructType of(Schema schema) {
    if (schema.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "has to be an Avro record, found " + schema.getType().getName());
    }
    return struct(schema, "", Set.of());
  }

  /**
   * The type of the column for a value.
   *
   * @throws IllegalArgumentException if no column can hold it
   */
  static DataType typeOf(Schema schema) {
    return type(schema, "", Set.of());
  }

  /**
   * @param outer names of the records around this one
   */
  private static StructType struct(Schema record, String path, Set<String> outer) {
    Set<String> around = new HashSet<>(outer);
    if (!around.add(record.getFullName())) {
      throw unsupported(path, "a record that contains itself");
    }
    StructField[] fields =
        record.getFields().stream()
            .map(f -> field(f, path.isEmpty() ? f.name() : path + "." + f.name(), around))
            .toArray(StructField[]::new);
    return new StructType(fields);
  }

  private static StructField field(Schema.Field field, String path, Set<String> outer) {
    Schema schema = field.schema();
    boolean nullable = schema.isNullable();
    return DataTypes.createStructField(field.name(), type(schema, path, outer), nullable);
  }

  private static DataType type(Schema schema, String path, Set<String> outer) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case STRING, ENUM -> DataTypes.StringType;
      case BOOLEAN -> DataTypes.BooleanType;
      case INT -> logical instanceof LogicalTypes.Date ? DataTypes.DateType : DataTypes.IntegerType;
      case LONG -> isTimestamp(logical) ? DataTypes.TimestampType : DataTypes.LongType;
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case BYTES, FIXED ->
          logical instanceof LogicalTypes.Decimal decimal
              ? DataTypes.createDecimalType(decimal.getPrecision(), decimal.getScale())
              : DataTypes.BinaryType;
      case RECORD -> struct(schema, path, outer);
      case ARRAY ->
          DataTypes.createArrayType(
              type(schema.getElementType(), path + "[]", outer),
              schema.getElementType().isNullable());
      case MAP ->
          DataTypes.createMapType(
              DataTypes.StringType,
              type(schema.getValueType(), path + "{}", outer),
              schema.getValueType().isNullable());
      case UNION -> type(onlyBranch(schema, path), path, outer);
      case NULL -> throw unsupported(path, "null");
    };
  }

  private static Schema onlyBranch(Schema union, String path) {
    List<Schema> branches =
        union.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
    if (branches.size() != 1) {
      throw unsupported(path, "a union of several types");
    }
    return branches.get(0);
  }

  private static boolean isTimestamp(LogicalType logical) {
    return logical instanceof LogicalTypes.TimestampMillis
        || logical instanceof LogicalTypes.TimestampMicros;
  }

  private static IllegalArgumentException unsupported(String path, String type) {
    return new IllegalArgumentException(
        "field '"
            + path
            + "' is "
            + type
            + ", which no column can hold. Give it one type, or a"
            + " union of null and one type");
  }
}
