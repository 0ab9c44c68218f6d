/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static io.icestream.spark.decode.AvroFixtures.bytes;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.Location;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.plan.SourcePlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Protobuf's wire format, cut off inside of fields, prolonged, and with tags of no meaning. */
final class HostileProtobuf implements HostileFormat {
  private static final Descriptor MESSAGE =
      ProtobufFixtures.proto3(
          "message M { string id = 1; int32 n = 2; repeated int64 l = 3; double d = 4; }");

  /** Its fields one by one: "Köln", 300, a packed list, 1.5. */
  private static final List<byte[]> FIELDS =
      List.of(
          bytes(0x0a, 5, 'K', 0xc3, 0xb6, 'l', 'n'),
          bytes(0x10, 0xac, 0x02),
          bytes(0x1a, 3, 1, 0x80, 1),
          bytes(0x21, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f));

  @Override
  public SourcePlan plan() {
    byte[] files =
        FileDescriptorSet.newBuilder().addFile(MESSAGE.getFile().toProto()).build().toByteArray();
    return new SourcePlan(
        Location.START,
        "s",
        new KafkaDefinition("topic", KafkaDefinition.Start.EARLIEST),
        new FormatDefinition.Protobuf(
            "m.proto", Optional.empty(), UnknownFields.IGNORE, Framing.NONE),
        new RecordSchema(
            ProtobufColumns.of(MESSAGE),
            new RecordSchema.Protobuf(ByteString.copyFrom(files), MESSAGE.getFullName())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    byte[] whole = new byte[0];
    for (byte[] field : FIELDS) {
      for (int length = 1; length < field.length; length++) {
        inputs.add(
            HostileInput.rejected(
                "a cut field", Damage.joined(whole, Arrays.copyOf(field, length)), "malformed_"));
      }
      whole = Damage.joined(whole, field);
    }
    inputs.add(
        HostileInput.accepted(
            "a whole message", whole, List.of("K\u00f6ln", 300, List.of(1L, 128L), 1.5)));
    inputs.add(HostileInput.rejected("a tombstone", (byte[]) null, "empty_payload"));
    for (int tag = 0; tag < 256; tag++) {
      inputs.add(
          HostileInput.rejected("a tag without a value", Damage.joined(whole, bytes(tag)), ""));
    }
    for (int wireType : new int[] {0, 1, 5}) {
      inputs.add(
          HostileInput.rejected(
              "a text in wire type " + wireType,
              Damage.joined(
                  bytes(0x08 | wireType), new byte[wireType == 1 ? 8 : wireType == 5 ? 4 : 1]),
              ""));
    }
    Damage.wrongSequences()
        .forEach(
            (name, sequence) ->
                inputs.add(
                    HostileInput.rejected(
                        name, Damage.joined(bytes(0x0a, sequence.length), sequence), "")));
    for (byte[] length :
        List.of(
            bytes(0x7f),
            bytes(0xff, 0xff, 0xff, 0xff, 0x07),
            bytes(0xff, 0xff, 0xff, 0xff, 0x0f),
            bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
            bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01))) {
      inputs.add(
          HostileInput.rejected(
              "a text without end " + Arrays.toString(length),
              Damage.joined(bytes(0x0a), length),
              ""));
      inputs.add(
          HostileInput.rejected(
              "a list without end " + Arrays.toString(length),
              Damage.joined(bytes(0x1a), length),
              ""));
    }
    return inputs;
  }
}
