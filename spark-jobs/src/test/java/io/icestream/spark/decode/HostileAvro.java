/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static io.icestream.spark.decode.AvroFixtures.bytes;

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
import org.apache.avro.Schema;

/** Avro's binary encoding, cut off, prolonged, and with lengths that nobody can hold. */
final class HostileAvro implements HostileFormat {
  private static final String REASON = "malformed_avro: ";
  private static final Schema SCHEMA =
      AvroFixtures.schema(
          """
          {"type": "record", "name": "R", "fields": [
            {"name": "id", "type": "string"},
            {"name": "n", "type": "int"},
            {"name": "l", "type": {"type": "array", "items": "long"}},
            {"name": "o", "type": ["null", "string"]},
            {"name": "d", "type": "double"}]}
          """);
  private static final byte[] WHOLE =
      AvroFixtures.encode(SCHEMA, "K\u00f6ln", 300, List.of(1L, -2L, Long.MAX_VALUE), "x", 1.5);

  /** The first field's length is one byte, and its text has five. */
  private static final byte[] BEHIND_ID = Arrays.copyOfRange(WHOLE, 6, WHOLE.length);

  @Override
  public SourcePlan plan() {
    return new SourcePlan(
        Location.START,
        "s",
        new KafkaDefinition("topic", KafkaDefinition.Start.EARLIEST),
        new FormatDefinition.Avro("r.avsc", Optional.empty(), UnknownFields.IGNORE, Framing.NONE),
        new RecordSchema(
            AvroColumns.of(SCHEMA), new RecordSchema.Avro(SCHEMA.toString(), Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public List<HostileInput> inputs() {
    List<HostileInput> inputs = new ArrayList<>();
    inputs.add(
        HostileInput.accepted(
            "a whole record",
            WHOLE,
            List.of("K\u00f6ln", 300, List.of(1L, -2L, Long.MAX_VALUE), "x", 1.5)));
    inputs.add(HostileInput.rejected("a tombstone", (byte[]) null, "empty_payload"));
    inputs.add(HostileInput.rejected("no bytes", new byte[0], "empty_payload"));
    for (int length = 1; length < WHOLE.length; length++) {
      inputs.add(HostileInput.rejected("a cut record", Arrays.copyOf(WHOLE, length), REASON));
    }
    for (int value = 0; value < 256; value++) {
      inputs.add(
          HostileInput.rejected("a byte too many", Damage.joined(WHOLE, bytes(value)), REASON));
    }
    Damage.wrongSequences()
        .forEach(
            (name, sequence) ->
                inputs.add(
                    HostileInput.rejected(
                        name,
                        Damage.joined(
                            Damage.joined(bytes(2 * sequence.length), sequence), BEHIND_ID),
                        REASON)));
    for (byte[] length : lengths()) {
      inputs.add(
          HostileInput.rejected(
              "a text without end " + Arrays.toString(length),
              Damage.joined(length, BEHIND_ID),
              REASON));
      inputs.add(
          HostileInput.rejected(
              "a list without end " + Arrays.toString(length),
              Damage.joined(bytes(0, 0), length),
              REASON));
    }
    for (int branch : new int[] {1, 3, 4, 6, 126, 127}) {
      inputs.add(
          HostileInput.rejected(
              "no such branch " + branch,
              Damage.joined(bytes(0, 0, 0, branch), new byte[9]),
              REASON));
    }
    return inputs;
  }

  /** As Avro writes them: -1, 2^31 - 1, 2^31, 2^63 - 1, -2^63, and one that does not end. */
  private static List<byte[]> lengths() {
    return List.of(
        bytes(1),
        bytes(0xfe, 0xff, 0xff, 0xff, 0x0f),
        bytes(0x80, 0x80, 0x80, 0x80, 0x10),
        bytes(0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
        bytes(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01),
        bytes(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80));
  }
}
