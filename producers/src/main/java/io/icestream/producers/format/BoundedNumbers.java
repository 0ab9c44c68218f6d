/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Keeps away numbers of a few bytes that would be written out with millions of digits. Protobuf
 * takes numbers as texts too, so the field decides whether a text is one.
 */
final class BoundedNumbers {

  /** Ten to the power of it is beyond what any field holds. */
  private static final int LARGEST_EXPONENT = 400;

  private static final int LONGEST_TEXT = 1_000;
  private static final Pattern LONG_EXPONENT = Pattern.compile("[^eE]*[eE][+-]?[0-9]{4,}.*");

  /** Messages that JSON writes as something else than their fields, and where a text is a text. */
  private static final String TEXTS =
      "google\\.protobuf\\.(StringValue|BytesValue|Value|Struct|ListValue)";

  private BoundedNumbers() {}

  static void require(JsonNode record, Descriptor message) throws UnfitRecordException {
    if (message.getFullName().matches(TEXTS)) {
      // Whose numbers are doubles
      return;
    }
    Map<String, FieldDescriptor> fields = new HashMap<>();
    for (FieldDescriptor field : message.getFields()) {
      fields.put(field.getName(), field);
      fields.put(field.getJsonName(), field);
    }
    Iterator<Map.Entry<String, JsonNode>> entries = record.fields();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      FieldDescriptor field = fields.get(entry.getKey());
      if (field != null && field.isMapField() && entry.getValue().isObject()) {
        map(entry.getValue(), field.getMessageType());
      } else {
        value(entry.getValue(), field);
      }
    }
  }

  private static void map(JsonNode json, Descriptor entry) throws UnfitRecordException {
    Iterator<Map.Entry<String, JsonNode>> entries = json.fields();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> each = entries.next();
      text(each.getKey(), entry.findFieldByNumber(1));
      value(each.getValue(), entry.findFieldByNumber(2));
    }
  }

  /**
   * @param field null if the message has none of that name, as that of an Any
   */
  private static void value(JsonNode json, FieldDescriptor field) throws UnfitRecordException {
    boolean infinite = json.isDouble();
    if (infinite
        || (json.isBigDecimal()
            && Math.abs((long) json.decimalValue().scale()) > LARGEST_EXPONENT)) {
      throw tooLarge();
    }
    if (json.isTextual()) {
      text(json.textValue(), field);
    } else if (json.isArray()) {
      for (JsonNode element : json) {
        value(element, field);
      }
    } else if (json.isObject()) {
      if (field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        require(json, field.getMessageType());
      } else {
        for (JsonNode child : json) {
          value(child, null);
        }
      }
    }
  }

  private static void text(String text, FieldDescriptor field) throws UnfitRecordException {
    boolean number =
        field == null
            || switch (field.getJavaType()) {
              case INT, LONG, FLOAT, DOUBLE -> true;
              case MESSAGE -> !field.getMessageType().getFullName().matches(TEXTS);
              case STRING, BYTE_STRING, ENUM, BOOLEAN -> false;
            };
    boolean named = field == null || field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (number
        && (LONG_EXPONENT.matcher(text).matches() || (!named && text.length() > LONGEST_TEXT))) {
      throw tooLarge();
    }
  }

  private static UnfitRecordException tooLarge() {
    return new UnfitRecordException(
        "A number has an exponent of more than " + LARGEST_EXPONENT + ": no field holds it");
  }
}
