/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.CodedInputStream;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.internal.parser.MessageElement;
import com.squareup.wire.schema.internal.parser.ProtoFileElement;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import com.squareup.wire.schema.internal.parser.TypeElement;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.spark.registry.SchemaId;
import io.icestream.spark.registry.WriterSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of a schema in a registry, as the framings count them. The schema is parsed, not
 * compiled, so that what it imports is not needed.
 */
final class ProtobufNames {
  private final List<Node> tops;
  private final List<String> sorted;
  private final Map<String, MessageElement> messages;

  /** A message and those that are declared inside it, in the order of the text. */
  private record Node(String name, List<Node> nested) {}

  private ProtobufNames(List<Node> tops, Map<String, MessageElement> messages) {
    this.tops = tops;
    this.messages = messages;
    List<String> all = new ArrayList<>();
    tops.forEach(top -> collect(top, all));
    this.sorted = all.stream().sorted().toList();
  }

  /**
   * @throws Rejection if the schema is not Protobuf
   */
  static ProtobufNames of(SchemaId id, WriterSchema schema) throws Rejection {
    if (schema.language() != WriterSchema.Language.PROTOBUF) {
      throw new Rejection(
          "incompatible_schema", "Schema " + id + " is not Protobuf but " + schema.language());
    }
    try {
      ProtoFileElement file =
          ProtoParser.Companion.parse(Location.get(id.toString()), schema.text());
      String scope = file.getPackageName() == null ? "" : file.getPackageName() + ".";
      Map<String, MessageElement> messages = new HashMap<>();
      return new ProtobufNames(nodes(file.getTypes(), scope, messages), messages);
    } catch (IllegalStateException e) {
      throw new Rejection(
          "incompatible_schema", "Schema " + id + " is no Protobuf schema: " + e.getMessage());
    }
  }

  /**
   * Reads the part of a framing that says which message follows.
   *
   * @return the full name of the message
   * @throws Rejection if there is no such message
   */
  String read(Framing framing, CodedInputStream in) throws IOException, Rejection {
    return framing == Framing.GLUE ? sorted(in.readUInt32()) : nested(in);
  }

  /** Glue counts all messages of a file in the order of their full names. */
  private String sorted(int index) throws Rejection {
    if (index < 0 || index >= sorted.size()) {
      throw noMessage(Integer.toUnsignedString(index));
    }
    return sorted.get(index);
  }

  /** Confluent has the places of the message and of those around it; nothing is the first. */
  private String nested(CodedInputStream in) throws IOException, Rejection {
    int depth = in.readSInt32();
    if (depth == 0) {
      return node(tops, 0).name();
    }
    if (depth < 0) {
      throw new Rejection("malformed_framing", "The message has " + depth + " indexes");
    }
    Node node = node(tops, in.readSInt32());
    for (int i = 1; i < depth; i++) {
      node = node(node.nested(), in.readSInt32());
    }
    return node.name();
  }

  private static Node node(List<Node> nodes, int index) throws Rejection {
    if (index < 0 || index >= nodes.size()) {
      throw noMessage(Integer.toString(index));
    }
    return nodes.get(index);
  }

  private static Rejection noMessage(String index) {
    return new Rejection(
        "malformed_framing", "The writer's schema has no message with the index " + index);
  }

  /** The messages by full name. */
  Map<String, MessageElement> messages() {
    return messages;
  }

  private static List<Node> nodes(
      List<? extends TypeElement> types, String scope, Map<String, MessageElement> messages) {
    List<Node> nodes = new ArrayList<>();
    for (TypeElement type : types) {
      if (type instanceof MessageElement message) {
        String name = scope + type.getName();
        messages.put(name, message);
        nodes.add(new Node(name, nodes(type.getNestedTypes(), name + ".", messages)));
      }
    }
    return nodes;
  }

  private static void collect(Node node, List<String> names) {
    names.add(node.name());
    node.nested().forEach(nested -> collect(nested, names));
  }
}
