/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/**
 * The decoder against Protobuf's own reader, on generated messages and on the same messages with
 * some bytes changed: what the decoder accepts, Protobuf reads with the same values.
 */
class ProtobufDecoderAgainstProtobufTest {
  private static final String BODY =
      """
        optional string a = 1; repeated sint64 b = 2; map<string, I> c = 3; I d = 4;
        repeated I e = 5; E f = 6; fixed64 g = 7; float h = 8; bytes i = 9; bool j = 10;
        oneof o { int32 k = 11; string l = 12; I m = 13; }
        repeated E n = 2000; uint32 p = 15; map<int32, E> q = 16;
      }
      message I { int64 x = 1; repeated string y = 2; optional double z = 3; I2 w = 4; }
      message I2 { uint64 u = 1; repeated bool v = 2; }
      enum E { Z = 0; ONE = 1; MINUS = -1; }
      """;
  private static final Descriptor READER = ProtobufFixtures.proto3("message M {" + BODY);
  private static final Descriptor WRITER =
      ProtobufFixtures.proto3("message M { string gone = 100; repeated I lost = 14; " + BODY);
  private static final StructType COLUMNS = ProtobufColumns.of(READER);

  private final Random random = new Random(4711);
  private final ProtobufDecoder decoder = ProtobufFixtures.decoder(READER);

  @Test
  void readsWhatProtobufReads() {
    for (int i = 0; i < 3_000; i++) {
      // given
      var payload = message(WRITER).toByteArray();
      var expected = plain(ProtobufFixtures.parse(READER, payload));

      // when
      var values = Decoded.values(decoder, COLUMNS, payload);

      // then
      assertThat(values).as("message %s", i).isEqualTo(expected);
    }
  }

  @Test
  void acceptsNothingBrokenThatProtobufReadsOtherwise() {
    int accepted = 0;
    for (int i = 0; i < 6_000; i++) {
      // given
      var payload = message(WRITER).toByteArray();
      for (int changes = payload.length == 0 ? 0 : random.nextInt(1, 3); changes > 0; changes--) {
        payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
      }

      // when
      var row = new GenericInternalRow(COLUMNS.length());
      try {
        decoder.decode(payload, row);
      } catch (Rejection e) {
        assertThat(e.reason()).isIn("malformed_protobuf", "wrong_type", "out_of_range");
        continue;
      }

      // then
      accepted++;
      var text = Arrays.toString(payload);
      try {
        var expected = plain(DynamicMessage.parseFrom(READER, payload));
        assertThat(Decoded.values(row, COLUMNS)).as(text).isEqualTo(expected);
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError("accepted, and Protobuf refuses " + text, e);
      }
    }
    assertThat(accepted).as("payloads that are whole all the same").isBetween(500, 5_000);
  }

  private DynamicMessage message(Descriptor type) {
    var builder = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (field.isRepeated()) {
        for (int i = random.nextInt(4); i > 0; i--) {
          builder.addRepeatedField(field, value(field));
        }
      } else if (random.nextInt(3) > 0) {
        builder.setField(field, value(field));
      }
    }
    return builder.build();
  }

  private Object value(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case FLOAT -> (float) random.nextGaussian();
      case DOUBLE -> random.nextGaussian();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> "€x\u0000".substring(random.nextInt(3)) + random.nextInt(50);
      case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(5)]);
      case ENUM -> field.getEnumType().getValues().get(random.nextInt(3));
      case MESSAGE -> message(field.getMessageType());
    };
  }

  private static List<Object> plain(Message message) {
    List<Object> values = new ArrayList<>();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isMapField()) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        for (Object entry : (List<?>) message.getField(field)) {
          List<Object> pair = plain((Message) entry);
          entries.put(pair.get(0), pair.get(1) == null ? absent(field) : pair.get(1));
        }
        values.add(entries);
      } else if (field.isRepeated()) {
        List<Object> items = new ArrayList<>();
        ((List<?>) message.getField(field)).forEach(item -> items.add(plain(item, field)));
        values.add(items);
      } else {
        boolean absent = field.hasPresence() && !message.hasField(field);
        values.add(absent ? null : plain(message.getField(field), field));
      }
    }
    return values;
  }

  /** The value of an entry that has none on the wire: a message without fields. */
  private static Object absent(FieldDescriptor map) {
    FieldDescriptor value = map.getMessageType().findFieldByNumber(2);
    return plain(DynamicMessage.getDefaultInstance(value.getMessageType()));
  }

  private static Object plain(Object value, FieldDescriptor field) {
    if (value instanceof Message message) {
      return plain(message);
    } else if (value instanceof EnumValueDescriptor symbol) {
      return symbol.getName();
    } else if (value instanceof ByteString bytes) {
      return Arrays.toString(bytes.toByteArray());
    }
    return switch (field.getType()) {
      case UINT32, FIXED32 -> Integer.toUnsignedLong((Integer) value);
      case UINT64, FIXED64 -> new BigDecimal(Long.toUnsignedString((Long) value));
      default -> value;
    };
  }
}
