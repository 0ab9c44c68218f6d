/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.icestream.spark.schema.ColumnPath;
import io.icestream.spark.schema.Widening;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads one value that is not null, in Spark's internal form. */
@FunctionalInterface
interface JsonValue {

  /**
   * Reads the value that the parser stands on; the parser stands on its last token afterwards.
   *
   * @return null if the document is refused as soon as it has been read
   */
  Object read(JsonParser parser) throws IOException, Rejection;

  /** The reader for a type; types are matched exactly, nothing is coerced. */
  static JsonValue of(DataType type, ColumnPath at, Unexpected unexpected) {
    String path = at.toString();
    if (type instanceof StringType) {
      return p -> UTF8String.fromString(whole(text(p, type, path), path));
    } else if (type instanceof IntegerType) {
      return p -> whole(p, JsonParser::getIntValue, type, at, unexpected);
    } else if (type instanceof LongType) {
      return p -> whole(p, JsonParser::getLongValue, type, at, unexpected);
    } else if (type instanceof DoubleType) {
      return p -> {
        double value = number(p, type, path).getDoubleValue();
        return value == 0 || !Double.isFinite(value)
            ? Numerals.inRange(value, p.getText(), type, path)
            : value;
      };
    } else if (type instanceof FloatType) {
      return p -> single(number(p, type, path), at, unexpected);
    } else if (type instanceof DecimalType decimal) {
      return p -> decimal(number(p, type, path), decimal, at, unexpected);
    } else if (type instanceof BooleanType) {
      return p -> bool(p, type, path);
    } else if (type instanceof StructType struct) {
      return object(struct, at, unexpected);
    } else if (type instanceof ArrayType array) {
      return array(array, at, unexpected);
    } else if (type instanceof MapType map) {
      return map(map, at, unexpected);
    }
    return p -> TextValues.read(text(p, type, path), type, path);
  }

  /** Takes a number out of a parser. */
  @FunctionalInterface
  interface NumberGetter {
    Object get(JsonParser parser) throws IOException;
  }

  private static Object whole(
      JsonParser parser, NumberGetter getter, DataType type, ColumnPath at, Unexpected unexpected)
      throws IOException, Rejection {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw TextValues.wrongType(at.toString(), type, kind(parser));
    }
    try {
      return getter.get(parser);
    } catch (InputCoercionException e) {
      boolean isLong = parser.getNumberType() == JsonParser.NumberType.LONG;
      unexpected.narrow(
          at,
          isLong ? Optional.of(DataTypes.LongType) : Optional.empty(),
          Numerals.doesNotFit(parser.getText(), type, at.toString()));
      return null;
    }
  }

  private static JsonParser number(JsonParser parser, DataType type, String path)
      throws IOException, Rejection {
    if (!parser.currentToken().isNumeric()) {
      throw TextValues.wrongType(path, type, kind(parser));
    }
    return parser;
  }

  private static Float single(JsonParser parser, ColumnPath at, Unexpected unexpected)
      throws IOException, Rejection {
    float value = parser.getFloatValue();
    if (!Float.isFinite(value) && Double.isFinite(Double.parseDouble(parser.getText()))) {
      unexpected.narrow(
          at,
          Optional.of(DataTypes.DoubleType),
          Numerals.doesNotFit(parser.getText(), DataTypes.FloatType, at.toString()));
      return null;
    }
    return value == 0 || !Float.isFinite(value)
        ? (float) Numerals.inRange(value, parser.getText(), DataTypes.FloatType, at.toString())
        : value;
  }

  private static Decimal decimal(
      JsonParser parser, DecimalType type, ColumnPath at, Unexpected unexpected)
      throws IOException, Rejection {
    BigDecimal value = Numerals.readDecimal(parser.getText(), type, at.toString());
    try {
      return TextValues.decimal(value, type, at.toString());
    } catch (Rejection e) {
      unexpected.narrow(at, Widening.toHold(type, value), e);
      return null;
    }
  }

  private static boolean bool(JsonParser parser, DataType type, String path)
      throws IOException, Rejection {
    if (!parser.currentToken().isBoolean()) {
      throw TextValues.wrongType(path, type, kind(parser));
    }
    return parser.getBooleanValue();
  }

  private static String text(JsonParser parser, DataType type, String path)
      throws IOException, Rejection {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw TextValues.wrongType(path, type, kind(parser));
    }
    return parser.getText();
  }

  /** Refuses a text that UTF-8 cannot hold: it would be stored with a question mark. */
  private static String whole(String text, String path) throws Rejection {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          throw new Rejection("malformed_json", path + ": has half of a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  private static JsonValue object(StructType struct, ColumnPath path, Unexpected unexpected) {
    JsonObjectReader reader = new JsonObjectReader(struct, path, unexpected);
    return parser -> {
      expect(parser, JsonToken.START_OBJECT, struct, path);
      GenericInternalRow row = new GenericInternalRow(struct.length());
      reader.fill(parser, row);
      return row;
    };
  }

  private static JsonValue array(ArrayType type, ColumnPath path, Unexpected unexpected) {
    ColumnPath inside = path.to(ColumnPath.ITEM);
    JsonValue element = of(type.elementType(), inside, unexpected);
    return parser -> {
      expect(parser, JsonToken.START_ARRAY, type, path);
      List<Object> items = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(nullable(parser, element, type.containsNull(), inside, unexpected));
      }
      return new GenericArrayData(items.toArray());
    };
  }

  private static JsonValue map(MapType type, ColumnPath path, Unexpected unexpected) {
    ColumnPath inside = path.to(ColumnPath.VALUE);
    JsonValue value = of(type.valueType(), inside, unexpected);
    return parser -> {
      expect(parser, JsonToken.START_OBJECT, type, path);
      Set<Object> keys = new LinkedHashSet<>();
      List<Object> items = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        UTF8String key = UTF8String.fromString(whole(parser.getCurrentName(), path.toString()));
        if (!keys.add(key)) {
          throw new Rejection("duplicate_key", path + ": '" + key + "' stands twice");
        }
        parser.nextToken();
        items.add(nullable(parser, value, type.valueContainsNull(), inside, unexpected));
      }
      return new ArrayBasedMapData(
          new GenericArrayData(keys.toArray()), new GenericArrayData(items.toArray()));
    };
  }

  private static Object nullable(
      JsonParser parser, JsonValue value, boolean allowed, ColumnPath path, Unexpected unexpected)
      throws IOException, Rejection {
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      return value.read(parser);
    }
    if (!allowed) {
      unexpected.absent(path, new Rejection("missing_field", path + ": is required and null"));
    }
    return null;
  }

  private static void expect(JsonParser parser, JsonToken token, DataType type, ColumnPath path)
      throws IOException, Rejection {
    if (parser.currentToken() != token) {
      throw TextValues.wrongType(path.toString(), type, kind(parser));
    }
  }

  private static String kind(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a text";
      default -> parser.getText();
    };
  }
}
