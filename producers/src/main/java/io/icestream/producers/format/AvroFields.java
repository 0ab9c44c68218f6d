/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Values of an Avro schema from plain JSON, as people write it: the branch of a union is not named
 * but found, by taking the first that fits. Nothing is rounded, cut or left out.
 */
final class AvroFields {

  /**
   * The value of a schema.
   *
   * @param path names the value in messages; empty for the record itself
   * @throws UnfitRecordException if it has none of it
   */
  Object value(JsonNode json, Schema schema, String path) throws UnfitRecordException {
    return switch (schema.getType()) {
      case RECORD -> record(json, schema, path);
      case UNION -> branch(json, schema, path);
      case ARRAY -> array(json, schema, path);
      case MAP -> map(json, schema, path);
      case ENUM -> symbol(json, schema, path);
      case FIXED, BYTES -> bytes(json, schema, path);
      case STRING, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> AvroScalars.value(json, schema, path);
    };
  }

  static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private GenericRecord record(JsonNode json, Schema schema, String path)
      throws UnfitRecordException {
    require(json.isObject(), json, "an object", path);
    TreeSet<String> unknown = new TreeSet<>();
    json.fieldNames().forEachRemaining(unknown::add);
    GenericRecord record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode found = json.get(field.name());
      unknown.remove(field.name());
      record.put(
          field.pos(),
          found == null
              ? absent(field, below(path, field.name()))
              : value(found, field.schema(), below(path, field.name())));
    }
    if (!unknown.isEmpty()) {
      throw new UnfitRecordException(
          "The schema has no field " + below(path, unknown.first()) + ": add it, or leave it out");
    }
    return record;
  }

  private static Object absent(Schema.Field field, String path) throws UnfitRecordException {
    if (field.hasDefaultValue()) {
      return GenericData.get().getDefaultValue(field);
    }
    if (field.schema().isNullable()) {
      return null;
    }
    throw new UnfitRecordException("Field " + path + " is missing, and has no default");
  }

  private Object branch(JsonNode json, Schema union, String path) throws UnfitRecordException {
    UnfitRecordException first = null;
    for (Schema type : union.getTypes()) {
      if (json.isNull() != (type.getType() == Schema.Type.NULL)) {
        continue;
      }
      try {
        return value(json, type, path);
      } catch (UnfitRecordException e) {
        first = first == null ? e : first;
      }
    }
    throw first != null ? first : unfit(json, "one of " + union, path);
  }

  private List<Object> array(JsonNode json, Schema schema, String path)
      throws UnfitRecordException {
    require(json.isArray(), json, "an array", path);
    List<Object> values = new ArrayList<>(json.size());
    for (JsonNode element : json) {
      values.add(value(element, schema.getElementType(), path));
    }
    return values;
  }

  private Map<String, Object> map(JsonNode json, Schema schema, String path)
      throws UnfitRecordException {
    require(json.isObject(), json, "an object", path);
    Map<String, Object> values = new LinkedHashMap<>();
    Iterator<Map.Entry<String, JsonNode>> fields = json.fields();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      values.put(field.getKey(), value(field.getValue(), schema.getValueType(), path));
    }
    return values;
  }

  private static Object symbol(JsonNode json, Schema schema, String path)
      throws UnfitRecordException {
    boolean known = json.isTextual() && schema.hasEnumSymbol(json.textValue());
    require(known, json, "one of " + schema.getEnumSymbols(), path);
    return new GenericData.EnumSymbol(schema, json.textValue());
  }

  private static Object bytes(JsonNode json, Schema schema, String path)
      throws UnfitRecordException {
    boolean fixed = schema.getType() == Schema.Type.FIXED;
    byte[] bytes = AvroScalars.bytes(json, schema, path);
    if (!fixed) {
      return ByteBuffer.wrap(bytes);
    }
    require(bytes.length == schema.getFixedSize(), json, schema.getFixedSize() + " bytes", path);
    return new GenericData.Fixed(schema, bytes);
  }

  static void require(boolean fits, JsonNode json, String expected, String path)
      throws UnfitRecordException {
    if (!fits) {
      throw unfit(json, expected, path);
    }
  }

  /** The kind of what was found, never its content. */
  static UnfitRecordException unfit(JsonNode json, String expected, String path) {
    String found =
        switch (json.getNodeType()) {
          case OBJECT -> "an object";
          case ARRAY -> "an array";
          case STRING -> "a text";
          case NUMBER -> "a number";
          case BOOLEAN -> "a boolean";
          case NULL -> "null";
          case MISSING, BINARY, POJO -> "no value";
        };
    return new UnfitRecordException(
        (path.isEmpty() ? "The record" : "Field " + path)
            + " is "
            + found
            + " that does not fit: the schema has "
            + expected);
  }
}
