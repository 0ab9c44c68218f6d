/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.plan.SourceSchema;

/** The format {@code protobuf}: its schema file, and the decoder made of it. */
final class ProtobufFormat {
  private ProtobufFormat() {}

  static SourceSchema schema(FormatDefinition.Protobuf format, SchemaFiles files) {
    String file = format.schema();
    byte[] content = files.bytes(file);
    try {
      FileDescriptorSet set =
          file.endsWith(".proto")
              ? ProtobufFiles.compile(files.path(file))
              : ProtobufFiles.read(content);
      Descriptor message = ProtobufDescriptors.message(set, format.message());
      return new SourceSchema(
          ProtobufColumns.of(message),
          new SourceSchema.Protobuf(set.toByteString(), message.getFullName()));
    } catch (IllegalArgumentException e) {
      throw SchemaFiles.wrong(file, e);
    }
  }

  static RecordDecoder decoder(FormatDefinition.Protobuf format, SourcePlan source) {
    if (source.sourceSchema().definition() instanceof SourceSchema.Protobuf schema) {
      return new ProtobufDecoder(
          schema,
          format.framing(),
          format.unknownFields() == UnknownFields.REJECT,
          RegistryAccess.of(source.registry()));
    }
    throw new IllegalStateException("A Protobuf source without its schema: " + source.name());
  }
}
