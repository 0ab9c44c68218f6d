/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.squareup.wire.Syntax;
import com.squareup.wire.schema.Field;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.MessageType;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.SchemaLoader;
import com.squareup.wire.schema.Type;
import com.squareup.wire.schema.internal.SchemaEncoder;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;

/**
 * Descriptor sets from what a user has: the text of a schema, or what {@code protoc} made of it.
 */
final class ProtobufFiles {
  private ProtobufFiles() {}

  /**
   * Compiles a {@code .proto} file and all that it imports. Imports are looked for below its own
   * folder; those below {@code google/protobuf} are always there.
   *
   * @throws IllegalArgumentException if it does not compile; the message is the end of a sentence
   */
  static FileDescriptorSet compile(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    String name = file.getFileName().toString();
    Schema schema = load(folder, name);
    SchemaEncoder encoder = new SchemaEncoder(schema);
    FileDescriptorSet.Builder files = FileDescriptorSet.newBuilder();
    for (ProtoFile proto : schema.getProtoFiles()) {
      files.addFile(withOptional(parse(encoder.encode(proto).toByteArray()), proto));
    }
    return files.build();
  }

  /**
   * Reads a descriptor set.
   *
   * @throws IllegalArgumentException if it is none; the message is the end of a sentence
   */
  static FileDescriptorSet read(byte[] bytes) {
    try {
      return FileDescriptorSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "is no descriptor set: "
              + e.getMessage()
              + " Make one with protoc --include_imports --descriptor_set_out",
          e);
    }
  }

  static FileDescriptorSet read(ByteString bytes) {
    return read(bytes.toByteArray());
  }

  private static Schema load(Path folder, String name) {
    SchemaLoader loader = new SchemaLoader(FileSystems.getDefault());
    // Otherwise imported messages have no fields
    loader.setLoadExhaustively(true);
    try {
      loader.initRoots(
          List.of(Location.get(folder.toString(), name)), List.of(Location.get(folder.toString())));
      return loader.loadSchema();
    } catch (RuntimeException e) {
      // The parser throws several kinds, all with a message for users
      throw new IllegalArgumentException(
          "does not compile: "
              + String.valueOf(e.getMessage()).strip().replaceAll("\\s*\n\\s*", "; "),
          e);
    }
  }

  private static FileDescriptorProto parse(byte[] bytes) {
    try {
      return FileDescriptorProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("The compiler gives no descriptor", e);
    }
  }

  /** The compiler loses {@code optional} of proto3, which is a oneof of one field. */
  private static FileDescriptorProto withOptional(FileDescriptorProto file, ProtoFile proto) {
    if (proto.getSyntax() != Syntax.PROTO_3) {
      return file;
    }
    FileDescriptorProto.Builder builder = file.toBuilder();
    for (DescriptorProto.Builder message : builder.getMessageTypeBuilderList()) {
      withOptional(message, named(proto.getTypes(), message.getName()));
    }
    return builder.build();
  }

  private static void withOptional(DescriptorProto.Builder message, Type type) {
    if (!(type instanceof MessageType declared)) {
      return;
    }
    for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
      Field declaredField = declared.field(field.getName());
      boolean optional = declaredField != null && declaredField.getLabel() == Field.Label.OPTIONAL;
      if (optional && !field.hasOneofIndex()) {
        field.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
        message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
      }
    }
    for (DescriptorProto.Builder nested : message.getNestedTypeBuilderList()) {
      withOptional(nested, named(declared.getNestedTypes(), nested.getName()));
    }
  }

  private static Type named(List<Type> types, String name) {
    return types.stream()
        .filter(type -> type.getType().getSimpleName().equals(name))
        .findFirst()
        .orElse(null);
  }
}
