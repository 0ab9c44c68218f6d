/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.plan.SourcePlan;

/** The format {@code protobuf}: its schema file, and the decoder made of it. */
final class ProtobufFormat {
  private ProtobufFormat() {}

  static RecordSchema schema(FormatDefinition.Protobuf format, SchemaFiles files) {
    String file = format.schema();
    byte[] content = files.bytes(file);
    try {
      FileDescriptorSet set =
          file.endsWith(".proto")
              ? ProtobufFiles.compile(files.path(file))
              : ProtobufFiles.read(content);
      Descriptor message = ProtobufDescriptors.message(set, format.message());
      return new RecordSchema(
          ProtobufColumns.of(message),
          new RecordSchema.Protobuf(set.toByteString(), message.getFullName()));
    } catch (IllegalArgumentException e) {
      throw SchemaFiles.wrong(file, e);
    }
  }

  static RecordDecoder decoder(FormatDefinition.Protobuf format, SourcePlan source) {
    if (source.recordSchema().definition() instanceof RecordSchema.Protobuf schema) {
      return new ProtobufDecoder(
          schema,
          format.framing(),
          format.unknownFields() == UnknownFields.REJECT,
          RegistryAccess.of(source.registry()));
    }
    throw new IllegalStateException("A Protobuf source without its schema: " + source.name());
  }
}
