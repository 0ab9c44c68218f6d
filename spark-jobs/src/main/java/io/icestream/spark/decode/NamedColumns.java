/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.Suggestion;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns that are filled by name. */
final class NamedColumns {
  private NamedColumns() {}

  /**
   * A schema, if one text can hold each of its values.
   *
   * @throws IllegalArgumentException if it has a record, an array or a map; the message says where
   */
  static StructType ofTexts(StructType schema) {
    for (StructField field : schema.fields()) {
      DataType type = field.dataType();
      if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
        throw new IllegalArgumentException(
            "has the column '"
                + field.name()
                + "', which is "
                + type.typeName()
                + ". Lines of text hold single values alone: give it another type");
      }
    }
    return schema;
  }

  /**
   * A schema, if these names can fill it: a required column needs one, and there has to be one at
   * all. A column that may be null and is not named is null in each row.
   *
   * @param names what values are named
   * @param schema the columns
   * @param what what one of the names is called in messages
   * @throws IllegalArgumentException if they cannot; the message says why
   */
  static StructType filledBy(Set<String> names, StructType schema, String what) {
    for (StructField field : schema.fields()) {
      if (!field.nullable() && !names.contains(field.name())) {
        throw new IllegalArgumentException(
            "requires column '"
                + field.name()
                + "', and no "
                + what
                + " has that name. "
                + Suggestion.of(field.name(), new TreeSet<>(names))
                + " Name one, or let the column be null");
      }
    }
    if (Arrays.stream(schema.fieldNames()).noneMatch(names::contains)) {
      throw new IllegalArgumentException(
          "has no column that a " + what + " is named after, so that no row would have a value");
    }
    return schema;
  }
}
