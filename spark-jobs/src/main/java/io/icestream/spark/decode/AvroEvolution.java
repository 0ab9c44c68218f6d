/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.spark.schema.ColumnDifference;
import io.icestream.spark.schema.ColumnPath;
import io.icestream.spark.schema.SchemaChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What one writer's schema means for columns that follow their writers: the changes that it asks
 * for, and the reader's schema that reads its records into the columns as they are now.
 *
 * <p>A column that the schema file has is read as the file says, in the column's wider type. A
 * column that has come from another writer is read as this writer wrote it, or is null.
 */
final class AvroEvolution {
  private final List<SchemaChange> changes = new ArrayList<>();
  private final List<String> conflicts = new ArrayList<>();
  private final Schema reader;

  /**
   * @param file the schema of the file
   * @param writer the schema of a writer
   * @param columns the columns as they are now
   */
  AvroEvolution(Schema file, Schema writer, StructType columns) {
    this.reader = record(file, Optional.of(writer), columns, ColumnPath.ROOT);
    ColumnDifference difference = ColumnDifference.between(columns, AvroColumns.of(writer));
    changes.addAll(difference.changes());
  }

  /** The changes that the writer's records ask for. */
  List<SchemaChange> changes() {
    return changes;
  }

  /** What the columns cannot hold, for a person; no record of the writer can be read then. */
  List<String> conflicts() {
    return conflicts;
  }

  /** One field for each column, in their order. */
  Schema reader() {
    return reader;
  }

  private Schema record(Schema file, Optional<Schema> writer, StructType columns, ColumnPath path) {
    List<Schema.Field> fields = new ArrayList<>();
    for (StructField column : columns.fields()) {
      Optional<Schema.Field> written = writer.map(w -> w.getField(column.name()));
      ColumnPath at = path.to(column.name());
      Schema.Field own = file.getField(column.name());
      if (own != null) {
        fields.add(own(own, written, column, at));
      } else {
        fields.add(foreign(written, column, at));
      }
    }
    Schema record =
        Schema.createRecord(file.getName(), file.getDoc(), file.getNamespace(), file.isError());
    file.getAliases().forEach(record::addAlias);
    record.setFields(fields);
    return record;
  }

  private Schema.Field own(
      Schema.Field own, Optional<Schema.Field> written, StructField column, ColumnPath path) {
    if (written.isEmpty() && !own.hasDefaultValue() && !column.nullable()) {
      changes.add(new SchemaChange.MadeOptional(path));
    }
    Schema schema =
        adapted(own.schema(), written.map(Schema.Field::schema), column.dataType(), path);
    boolean relaxed = column.nullable() && !own.schema().isNullable();
    Schema.Field field =
        relaxed
            ? new Schema.Field(
                own.name(), optional(schema), own.doc(), Schema.Field.NULL_DEFAULT_VALUE)
            : new Schema.Field(own.name(), schema, own.doc(), own.defaultVal());
    own.aliases().forEach(field::addAlias);
    return field;
  }

  private Schema.Field foreign(
      Optional<Schema.Field> written, StructField column, ColumnPath path) {
    Schema schema = Schema.create(Schema.Type.STRING); // of no meaning: there is no value
    if (written.isPresent()) {
      schema = branch(written.get().schema());
      ColumnDifference difference =
          ColumnDifference.between(
              new StructType().add(column.name(), column.dataType()),
              new StructType().add(column.name(), AvroColumns.typeOf(schema)));
      difference
          .contradictions()
          .forEach(contradiction -> conflicts.add(path + ": " + contradiction));
      schema = adapted(schema, Optional.of(schema), column.dataType(), path);
    }
    return new Schema.Field(column.name(), optional(schema), null, Schema.Field.NULL_DEFAULT_VALUE);
  }

  /** A schema whose values fill a column of a type. */
  private Schema adapted(Schema schema, Optional<Schema> written, DataType type, ColumnPath path) {
    if (schema.isUnion()) {
      Schema inner = adapted(branch(schema), written.map(AvroEvolution::branch), type, path);
      boolean nullFirst = schema.getTypes().get(0).getType() == Schema.Type.NULL;
      return nullFirst ? optional(inner) : Schema.createUnion(inner, nothing());
    }
    Optional<Schema> same =
        written.map(AvroEvolution::branch).filter(w -> w.getType() == schema.getType());
    if (type instanceof StructType struct && schema.getType() == Schema.Type.RECORD) {
      return record(schema, same, struct, path);
    } else if (type instanceof ArrayType array && schema.getType() == Schema.Type.ARRAY) {
      return Schema.createArray(
          adapted(
              schema.getElementType(),
              same.map(Schema::getElementType),
              array.elementType(),
              path.to(ColumnPath.ITEM)));
    } else if (type instanceof MapType map && schema.getType() == Schema.Type.MAP) {
      return Schema.createMap(
          adapted(
              schema.getValueType(),
              same.map(Schema::getValueType),
              map.valueType(),
              path.to(ColumnPath.VALUE)));
    }
    return wider(schema, type);
  }

  private static Schema wider(Schema schema, DataType type) {
    LogicalType logical = schema.getLogicalType();
    if (type instanceof LongType && schema.getType() == Schema.Type.INT) {
      return Schema.create(Schema.Type.LONG);
    } else if (type instanceof DoubleType && schema.getType() == Schema.Type.FLOAT) {
      return Schema.create(Schema.Type.DOUBLE);
    } else if (type instanceof DecimalType decimal
        && logical instanceof LogicalTypes.Decimal
        && schema.getType() == Schema.Type.BYTES) {
      return LogicalTypes.decimal(decimal.precision(), decimal.scale())
          .addToSchema(Schema.create(Schema.Type.BYTES));
    }
    return schema;
  }

  private static Schema branch(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream()
            .filter(s -> s.getType() != Schema.Type.NULL)
            .findFirst()
            .orElse(schema)
        : schema;
  }

  private static Schema optional(Schema schema) {
    return schema.isNullable() ? schema : Schema.createUnion(nothing(), schema);
  }

  private static Schema nothing() {
    return Schema.create(Schema.Type.NULL);
  }
}
