/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.internal.parser.FieldElement;
import com.squareup.wire.schema.internal.parser.MessageElement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the bytes of a message do not say: that its writer meant other values by them. A {@code
 * sint32} and an {@code int32} look alike, and so do a list and a single value; the number of a
 * field that is used again for something else may too.
 *
 * <p>Fields are compared by number, as far as the writer's own file describes them.
 */
final class ProtobufComparison {
  private final Map<String, MessageElement> written;
  private final Set<String> compared = new HashSet<>();
  private final List<String> conflicts = new ArrayList<>();

  private ProtobufComparison(Map<String, MessageElement> written) {
    this.written = written;
  }

  /**
   * Compares a message with the writer's of the same name.
   *
   * @param written the writer's messages by full name
   * @param message the reader's message
   * @return what would change its value, for a person
   */
  static List<String> conflicts(Map<String, MessageElement> written, Descriptor message) {
    ProtobufComparison comparison = new ProtobufComparison(written);
    comparison.compare(message.getFullName(), message, "");
    return comparison.conflicts;
  }

  private void compare(String writtenName, Descriptor message, String path) {
    MessageElement element = written.get(writtenName);
    if (element == null || !compared.add(writtenName + " " + message.getFullName())) {
      return;
    }
    List<FieldElement> fields = new ArrayList<>(element.getFields());
    element.getOneOfs().forEach(oneOf -> fields.addAll(oneOf.getFields()));
    for (FieldElement field : fields) {
      FieldDescriptor known = message.findFieldByNumber(field.getTag());
      if (known != null) {
        compare(
            field,
            writtenName,
            known,
            path.isEmpty() ? known.getName() : path + "." + known.getName());
      }
    }
  }

  private void compare(FieldElement field, String scope, FieldDescriptor known, String path) {
    boolean map = field.getType().startsWith("map<");
    boolean list = map || field.getLabel() == Field.Label.REPEATED;
    if (list != known.isRepeated()) {
      conflict(path, list ? "a list" : "a single value", known.isRepeated() ? "a list" : "one");
    }
    if (map) {
      return;
    }
    String writtenKind = kind(field.getType());
    String knownKind = kind(known.getType().name().toLowerCase(Locale.ROOT));
    boolean named = writtenKind.isEmpty();
    boolean knownNamed = knownKind.isEmpty();
    if (named != knownNamed || (!named && !writtenKind.equals(knownKind))) {
      conflict(path, field.getType(), known.getType().name().toLowerCase(Locale.ROOT));
    } else if (named && known.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      compare(resolve(field.getType(), scope), known.getMessageType(), path);
    }
  }

  private void conflict(String path, String writtenType, String type) {
    conflicts.add(path + ": was written as " + writtenType + ", the schema has " + type);
  }

  /** Types whose bytes mean the same value; empty for messages and enums. */
  private static String kind(String type) {
    return switch (type) {
      case "int32", "int64" -> "signed varint";
      case "uint32", "uint64" -> "unsigned varint";
      case "sint32", "sint64" -> "zigzag varint";
      case "string", "bytes" -> "bytes";
      case "bool", "float", "double", "fixed32", "fixed64", "sfixed32", "sfixed64" -> type;
      default -> "";
    };
  }

  /** The full name of a type that is named inside of a message: the innermost that there is. */
  private String resolve(String type, String scope) {
    if (type.startsWith(".")) {
      return type.substring(1);
    }
    for (String outer = scope; !outer.isEmpty(); ) {
      if (written.containsKey(outer + "." + type)) {
        return outer + "." + type;
      }
      int dot = outer.lastIndexOf('.');
      outer = dot < 0 ? "" : outer.substring(0, dot);
    }
    return type;
  }
}
