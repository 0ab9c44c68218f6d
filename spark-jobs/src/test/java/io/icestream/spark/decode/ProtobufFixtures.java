/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.spark.plan.RecordSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Real Protobuf messages, and decoders for them. */
final class ProtobufFixtures {
  private ProtobufFixtures() {}

  /** Compiles the text of a schema. */
  static FileDescriptorSet compile(String text) {
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "proto");
      return ProtobufFiles.compile(Files.writeString(folder.resolve("schema.proto"), text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The only message of a proto3 file with these declarations. */
  static Descriptor proto3(String declarations) {
    return message("syntax = \"proto3\"; package t; " + declarations, "t.M");
  }

  static Descriptor proto2(String declarations) {
    return message("syntax = \"proto2\"; package t; " + declarations, "t.M");
  }

  static Descriptor message(String text, String name) {
    return ProtobufDescriptors.message(compile(text), Optional.of(name));
  }

  /** A message from Protobuf's text format, as bytes. */
  static byte[] encode(Descriptor message, String text) {
    var builder = DynamicMessage.newBuilder(message);
    try {
      TextFormat.merge(text, builder);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
    return builder.buildPartial().toByteArray();
  }

  static DynamicMessage parse(Descriptor message, byte[] payload) {
    try {
      return DynamicMessage.parseFrom(message, payload);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ProtobufDecoder decoder(Descriptor message) {
    return decoder(message, Framing.NONE, false, RegistryAccess.of(Optional.empty()));
  }

  static ProtobufDecoder decoder(
      Descriptor message, Framing framing, boolean rejectUnknown, RegistryAccess registry) {
    var files = FileDescriptorSet.newBuilder();
    message.getFile().getDependencies().forEach(f -> files.addFile(f.toProto()));
    files.addFile(message.getFile().toProto());
    return new ProtobufDecoder(
        new RecordSchema.Protobuf(files.build().toByteString(), message.getFullName()),
        framing,
        rejectUnknown,
        registry);
  }

  static List<Object> decode(Descriptor message, byte[] payload) {
    return Decoded.values(decoder(message), ProtobufColumns.of(message), payload);
  }

  static String rejection(Descriptor message, byte[] payload) {
    return Decoded.rejection(decoder(message), ProtobufColumns.of(message), payload);
  }

  static FieldDescriptor field(Descriptor message, String name) {
    return message.findFieldByName(name);
  }
}
