/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.registry.SchemaId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;

/** One Protobuf message per payload, read by the numbers of its fields. */
final class ProtobufDecoder implements RecordDecoder {
  private final ByteString files;
  private final String name;
  private final Framing framing;
  private final boolean rejectUnknown;
  private final RegistryAccess registry;
  private transient DriftLog drift;
  private transient ProtobufMessage message;
  private transient Descriptor descriptor;
  private transient Map<SchemaId, Writer> writers;

  /**
   * A schema of the registry.
   *
   * @param names its messages
   * @param conflicts why its records cannot be read; empty if they can
   */
  private record Writer(ProtobufNames names, List<String> conflicts) {}

  /**
   * @param rejectUnknown whether fields that the message does not have are a rejection
   * @param registry asked only if there is a framing
   */
  ProtobufDecoder(
      RecordSchema.Protobuf schema,
      Framing framing,
      boolean rejectUnknown,
      RegistryAccess registry) {
    this.files = schema.files();
    this.name = schema.message();
    this.framing = framing;
    this.rejectUnknown = rejectUnknown;
    this.registry = registry;
  }

  @Override
  public void report(DriftLog log) {
    drift = log;
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    if (message == null) {
      descriptor = ProtobufDescriptors.message(ProtobufFiles.read(files), Optional.of(name));
      message = new ProtobufMessage(descriptor, "", this::unknown);
      writers = new HashMap<>();
    }
    Frame frame = Frame.of(framing, payload);
    ByteBuffer value = frame.value();
    CodedInputStream in =
        CodedInputStream.newInstance(
            value.array(), value.arrayOffset() + value.position(), value.remaining());
    try {
      if (frame.schema().isPresent()) {
        requireMessage(frame.schema().get(), in);
      }
      Object[] values = message.start();
      message.merge(in, values);
      message.finish(values);
      for (int i = 0; i < values.length; i++) {
        row.update(i, values[i]);
      }
    } catch (IOException e) {
      throw new Rejection("malformed_protobuf", e.getMessage());
    }
  }

  private void unknown(String path, int number) throws Rejection {
    String field = (path.isEmpty() ? "" : path + ".") + number;
    if (rejectUnknown) {
      throw new Rejection("unknown_field", field + ": the message has no field with this number");
    }
    if (drift != null) {
      drift.ignore(field);
    }
  }

  /** Reads which message of its writer's schema the record holds. */
  private void requireMessage(SchemaId id, CodedInputStream in) throws IOException, Rejection {
    Writer writer = writers.get(id);
    if (writer == null) {
      ProtobufNames names = ProtobufNames.of(id, registry.require(id));
      writer = new Writer(names, ProtobufComparison.conflicts(names.messages(), descriptor));
      writers.put(id, writer);
    }
    String found = writer.names().read(framing, in);
    if (!found.equals(name)) {
      throw new Rejection(
          "incompatible_schema",
          "The record holds a message " + found + ", the schema has " + name);
    }
    if (!writer.conflicts().isEmpty()) {
      throw new Rejection("incompatible_schema", String.join("; ", writer.conflicts()));
    }
  }
}
