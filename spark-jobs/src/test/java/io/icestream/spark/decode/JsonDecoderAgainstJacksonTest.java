/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.model.FormatDefinition.UnknownFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/**
 * The decoder against Jackson's tree model on generated documents, good and bad: it accepts a
 * document if and only if the tree fits the schema, and then gives the tree's values.
 */
class JsonDecoderAgainstJacksonTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final StructType INNER =
      new StructType()
          .add("n", DataTypes.LongType, false)
          .add("tags", DataTypes.createArrayType(DataTypes.StringType, true));
  private static final StructType COLUMNS =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("count", DataTypes.IntegerType)
          .add("total", DataTypes.LongType, false)
          .add("mean", DataTypes.DoubleType)
          .add("flag", DataTypes.BooleanType)
          .add("inner", INNER)
          .add("inners", DataTypes.createArrayType(INNER, false))
          .add("byName", DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, true));

  private final Random random = new Random(4711);
  private final RecordDecoder decoder = new JsonDecoder(COLUMNS, UnknownFields.IGNORE);

  @Test
  void acceptsWhatFitsTheSchemaAndNothingElse() throws IOException {
    int accepted = 0;
    for (int i = 0; i < 6_000; i++) {
      // given
      var payload = JSON.writeValueAsBytes(object(COLUMNS));
      var tree = JSON.readTree(payload);

      // when
      var row = new GenericInternalRow(COLUMNS.length());
      var rejected = false;
      try {
        decoder.decode(payload, row);
      } catch (Rejection e) {
        rejected = true;
      }

      // then
      var text = new String(payload, UTF_8);
      assertThat(rejected).as(text).isEqualTo(!fits(tree, COLUMNS));
      if (!rejected) {
        accepted++;
        assertThat(Decoded.values(row, COLUMNS)).as(text).isEqualTo(plain(tree, COLUMNS));
      }
    }
    assertThat(accepted).as("good documents among the bad").isBetween(3_000, 5_500);
  }

  private ObjectNode object(StructType type) {
    List<String> names = new ArrayList<>(List.of(type.fieldNames()));
    names.add("unknown" + random.nextInt(3));
    Collections.shuffle(names, random);
    ObjectNode node = NODES.objectNode();
    for (String name : names) {
      boolean known = List.of(type.fieldNames()).contains(name);
      if (!known) {
        node.set(name, anything());
      } else if (random.nextInt(40) > 0 || !field(type, name).nullable()) {
        if (random.nextInt(60) > 0) {
          node.set(name, value(field(type, name).dataType(), field(type, name).nullable()));
        }
      }
    }
    return node;
  }

  private JsonNode value(DataType type, boolean nullable) {
    int chance = random.nextInt(80);
    if (chance == 0) {
      return anything();
    } else if (chance < (nullable ? 10 : 1)) {
      return NODES.nullNode();
    } else if (type instanceof StringType) {
      return NODES.textNode(text());
    } else if (type instanceof IntegerType) {
      return NODES.numberNode(random.nextInt(40) == 0 ? random.nextLong() : random.nextInt());
    } else if (type instanceof LongType) {
      return NODES.numberNode(random.nextLong());
    } else if (type instanceof DoubleType) {
      return random.nextBoolean()
          ? NODES.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(-30, 30)))
          : NODES.numberNode(random.nextInt());
    } else if (type instanceof BooleanType) {
      return NODES.booleanNode(random.nextBoolean());
    } else if (type instanceof ArrayType array) {
      ArrayNode node = NODES.arrayNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        node.add(value(array.elementType(), array.containsNull()));
      }
      return node;
    } else if (type instanceof MapType map) {
      ObjectNode node = NODES.objectNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        node.set(text() + i, value(map.valueType(), map.valueContainsNull()));
      }
      return node;
    }
    return object((StructType) type);
  }

  private JsonNode anything() {
    return switch (random.nextInt(8)) {
      case 0 -> NODES.textNode("7");
      case 1 -> NODES.numberNode(7);
      case 2 -> NODES.numberNode(7.25);
      case 3 -> NODES.booleanNode(true);
      case 4 -> NODES.arrayNode().add(1);
      case 5 -> NODES.objectNode().put("a", 1);
      case 6 -> NODES.nullNode();
      default -> NODES.numberNode(new java.math.BigInteger("99999999999999999999"));
    };
  }

  private String text() {
    String letters = "abcXYZ019 \"\\/\b\n\t\u0001äß€😀,:{}[]";
    int[] points = letters.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private static boolean fits(JsonNode node, DataType type) {
    if (type instanceof StringType) {
      return node.isTextual();
    } else if (type instanceof IntegerType) {
      return node.isIntegralNumber() && node.canConvertToInt();
    } else if (type instanceof LongType) {
      return node.isIntegralNumber() && node.canConvertToLong();
    } else if (type instanceof DoubleType) {
      return node.isNumber();
    } else if (type instanceof BooleanType) {
      return node.isBoolean();
    } else if (type instanceof ArrayType array) {
      return node.isArray() && all(node, array.elementType(), array.containsNull());
    } else if (type instanceof MapType map) {
      return node.isObject() && all(node, map.valueType(), map.valueContainsNull());
    }
    if (!node.isObject()) {
      return false;
    }
    for (StructField field : ((StructType) type).fields()) {
      JsonNode value = node.path(field.name());
      boolean absent = value.isMissingNode() || value.isNull();
      if (absent ? !field.nullable() : !fits(value, field.dataType())) {
        return false;
      }
    }
    return true;
  }

  private static boolean all(JsonNode nodes, DataType type, boolean nullable) {
    for (JsonNode node : nodes) {
      if (node.isNull() ? !nullable : !fits(node, type)) {
        return false;
      }
    }
    return true;
  }

  private static Object plain(JsonNode node, DataType type) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    } else if (type instanceof StringType) {
      return node.textValue();
    } else if (type instanceof IntegerType) {
      return node.intValue();
    } else if (type instanceof LongType) {
      return node.longValue();
    } else if (type instanceof DoubleType) {
      return node.doubleValue();
    } else if (type instanceof BooleanType) {
      return node.booleanValue();
    } else if (type instanceof ArrayType array) {
      List<Object> items = new ArrayList<>();
      node.forEach(item -> items.add(plain(item, array.elementType())));
      return items;
    } else if (type instanceof MapType map) {
      Map<Object, Object> items = new LinkedHashMap<>();
      node.fields()
          .forEachRemaining(e -> items.put(e.getKey(), plain(e.getValue(), map.valueType())));
      return items;
    }
    List<Object> values = new ArrayList<>();
    for (StructField field : ((StructType) type).fields()) {
      values.add(plain(node.path(field.name()), field.dataType()));
    }
    return values;
  }

  private static StructField field(StructType type, String name) {
    return type.apply(name);
  }
}
