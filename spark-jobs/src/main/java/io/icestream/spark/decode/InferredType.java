/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.icestream.spark.schema.CommonType;
import java.io.IOException;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;

/**
 * The type of a JSON value that no schema describes: {@code bigint} or, beyond it, {@code
 * decimal(38,0)} for a whole number, {@code double} for another, {@code boolean}, {@code string},
 * and structs and arrays of them. A text stays a text, whatever it looks like: that a field holds a
 * time is for the schema to say. {@link NullType} if a value says nothing of its type: null, an
 * empty array, an empty object.
 */
final class InferredType {
  private static final BigInteger DECIMAL_LIMIT = BigInteger.TEN.pow(38);
  private static final int MOST_LEVELS = 20;

  private InferredType() {}

  /**
   * Reads a value.
   *
   * @param parser stands on its first token; stands on its last afterwards
   * @param path where it is, for messages
   * @throws Rejection if no column can hold it
   */
  static DataType of(JsonParser parser, String path) throws IOException, Rejection {
    return of(parser, path, 0);
  }

  private static DataType of(JsonParser parser, String path, int level)
      throws IOException, Rejection {
    if (level > MOST_LEVELS) {
      throw new Rejection("unknown_field", path + ": is nested more than " + MOST_LEVELS + " deep");
    }
    return switch (parser.currentToken()) {
      case VALUE_TRUE, VALUE_FALSE -> DataTypes.BooleanType;
      case VALUE_STRING -> DataTypes.StringType;
      case VALUE_NUMBER_FLOAT -> DataTypes.DoubleType;
      case VALUE_NUMBER_INT -> whole(parser, path);
      case START_OBJECT -> object(parser, path, level);
      case START_ARRAY -> array(parser, path, level);
      default -> DataTypes.NullType;
    };
  }

  private static DataType whole(JsonParser parser, String path) throws IOException, Rejection {
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return DataTypes.LongType;
    }
    if (parser.getBigIntegerValue().abs().compareTo(DECIMAL_LIMIT) >= 0) {
      throw new Rejection("unknown_field", path + ": a number of more than 38 digits");
    }
    return DataTypes.createDecimalType(38, 0);
  }

  private static DataType object(JsonParser parser, String path, int level)
      throws IOException, Rejection {
    Map<String, DataType> fields = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.getCurrentName();
      parser.nextToken();
      DataType type = of(parser, path + "." + name, level + 1);
      if (!(type instanceof NullType)) {
        fields.put(name, type);
      }
    }
    StructType struct = new StructType();
    for (Map.Entry<String, DataType> field : fields.entrySet()) {
      struct = struct.add(field.getKey(), field.getValue());
    }
    return fields.isEmpty() ? DataTypes.NullType : struct;
  }

  private static DataType array(JsonParser parser, String path, int level)
      throws IOException, Rejection {
    DataType items = DataTypes.NullType;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      DataType item = of(parser, path + "[]", level + 1);
      Optional<DataType> both = CommonType.of(items, item);
      if (both.isEmpty()) {
        throw new Rejection(
            "unknown_field",
            path
                + ": its items are "
                + items.simpleString()
                + " and "
                + item.simpleString()
                + ", which no column can hold together");
      }
      items = both.get();
    }
    return items instanceof NullType ? items : DataTypes.createArrayType(items);
  }
}
