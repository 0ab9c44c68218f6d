/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What Jackson's tree model, at its strictest, and the JDK say of a document. */
final class JsonOracle {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  /** Thrown where a tree does not fit the schema. */
  private static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private JsonOracle() {}

  /** The values of a document, as {@link Decoded} shows them; empty if it is bad. */
  static Optional<List<Object>> values(byte[] payload, StructType columns) {
    Optional<String> text = Damage.utf8(payload);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      String document = text.get().startsWith("\uFEFF") ? text.get().substring(1) : text.get();
      JsonNode tree = JSON.readTree(document);
      return tree.isObject() ? Optional.of(struct(tree, columns)) : Optional.empty();
    } catch (JsonProcessingException | NumberFormatException | Unfit e) {
      return Optional.empty();
    }
  }

  private static List<Object> struct(JsonNode tree, StructType type) {
    List<Object> values = new ArrayList<>();
    for (StructField field : type.fields()) {
      values.add(nullable(tree.path(field.name()), field.dataType(), field.nullable()));
    }
    return values;
  }

  private static Object nullable(JsonNode node, DataType type, boolean nullable) {
    if (node.isMissingNode() || node.isNull()) {
      require(nullable);
      return null;
    }
    return value(node, type);
  }

  private static Object value(JsonNode node, DataType type) {
    if (type instanceof StructType struct) {
      require(node.isObject());
      return struct(node, struct);
    } else if (type instanceof ArrayType array) {
      require(node.isArray());
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(nullable(item, array.elementType(), array.containsNull())));
      return items;
    } else if (type instanceof MapType map) {
      require(node.isObject());
      Map<Object, Object> items = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        items.put(
            whole(entry.getKey()),
            nullable(entry.getValue(), map.valueType(), map.valueContainsNull()));
      }
      return items;
    } else if (type instanceof BooleanType) {
      require(node.isBoolean());
      return node.booleanValue();
    } else if (type instanceof NumericType) {
      boolean whole = type instanceof IntegerType || type instanceof LongType;
      require(whole ? node.isIntegralNumber() : node.isNumber());
      return TextOracle.number(node.decimalValue(), type).orElseThrow(Unfit::new);
    }
    require(node.isTextual());
    return type instanceof StringType
        ? whole(node.textValue())
        : TextOracle.value(node.textValue(), type).orElseThrow(Unfit::new);
  }

  private static String whole(String text) {
    int[] points = text.codePoints().toArray();
    require(Arrays.stream(points).noneMatch(p -> p >= 0xD800 && p <= 0xDFFF));
    return text;
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new Unfit();
    }
  }
}
