/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.List;

/**
 * One Protobuf message, behind the header of a framing. JSON is read by Protobuf's own mapping, and
 * a field that the message does not have is refused.
 */
final class ProtobufFormat implements RecordFormat {

  private final Descriptor message;
  private final byte[] header;
  private final JsonFormat.Parser json;

  ProtobufFormat(Descriptor message, Framing framing) {
    this.message = message;
    this.header = framing.header(message);
    // Any holds messages by name, and knows those of the same file
    this.json =
        JsonFormat.parser()
            .usingTypeRegistry(JsonFormat.TypeRegistry.newBuilder().add(message).build());
  }

  @Override
  public byte[] ofJson(byte[] record) throws UnfitRecordException {
    BoundedNumbers.require(JsonTree.of(record), message);
    DynamicMessage.Builder builder = DynamicMessage.newBuilder(message);
    try {
      json.merge(new String(record, UTF_8), builder);
    } catch (InvalidProtocolBufferException e) {
      throw new UnfitRecordException("The record does not fit: " + e.getMessage(), e);
    }
    if (!builder.isInitialized()) {
      throw new UnfitRecordException(
          "Required fields are missing: " + builder.getInitializationErrorString());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.writeBytes(header);
    bytes.writeBytes(builder.build().toByteArray());
    return bytes.toByteArray();
  }

  @Override
  public byte[] ofBytes(byte[] record) throws UnfitRecordException {
    Headers.require(header, record);
    try {
      DynamicMessage found =
          DynamicMessage.newBuilder(message)
              .mergeFrom(record, header.length, record.length - header.length)
              .build();
      requireKnown(found, "");
    } catch (InvalidProtocolBufferException e) {
      throw new UnfitRecordException(
          "The record is no message " + message.getFullName() + ": " + e.getMessage(), e);
    } catch (com.google.protobuf.UninitializedMessageException e) {
      throw new UnfitRecordException(
          "Required fields are missing: " + String.join(", ", e.getMissingFields()), e);
    }
    return record;
  }

  /** Anything may be read as a message of nothing but unknown fields. */
  private static void requireKnown(Message found, String path) throws UnfitRecordException {
    if (!found.getUnknownFields().asMap().isEmpty()) {
      int number = found.getUnknownFields().asMap().keySet().iterator().next();
      throw new UnfitRecordException(
          "The message "
              + found.getDescriptorForType().getFullName()
              + (path.isEmpty() ? "" : " in " + path)
              + " has no field with the number "
              + number);
    }
    for (var field : found.getAllFields().entrySet()) {
      if (field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        Collection<?> values =
            field.getValue() instanceof Collection<?> all ? all : List.of(field.getValue());
        for (Object value : values) {
          requireKnown((Message) value, AvroFields.below(path, field.getKey().getName()));
        }
      }
    }
  }
}
