/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * A record of one of four writers, whose schemas follow each other. The second has a new field, the
 * third a wider number and a field that readers give a default, and the fourth has removed a field.
 *
 * @param number which record it is; its values follow from it
 * @param writer from 0
 */
record WrittenOrder(int number, int writer) {
  static final int WRITERS = 4;

  private static final String ID = "{'name': 'id', 'type': 'string'}";
  private static final String INT = "{'name': 'n', 'type': 'int'}";
  private static final String LONG = "{'name': 'n', 'type': 'long'}";
  private static final String COUPON = "{'name': 'coupon', 'type': 'string'}";
  private static final String NOTE =
      "{'name': 'note', 'type': ['null', 'string'], 'default': null}";
  private static final String CURRENCY = "{'name': 'currency', 'type': 'string', 'default': 'EUR'}";

  /** The third has its fields in another order. */
  static final List<String> AVRO =
      List.of(
          avro(ID, INT, COUPON),
          avro(ID, INT, COUPON, NOTE),
          avro(NOTE, CURRENCY, ID, LONG, COUPON),
          avro(ID, LONG, NOTE, CURRENCY));

  static final List<String> PROTOBUF =
      List.of(
          proto("string id = 1; int32 n = 2; string coupon = 3;"),
          proto("string id = 1; int32 n = 2; string coupon = 3; optional string note = 4;"),
          proto(
              "string currency = 5; optional string note = 4; string id = 1; int64 n = 2;"
                  + " string coupon = 3;"),
          proto("string id = 1; int64 n = 2; optional string note = 4; string currency = 5;"));

  /** What a registry has: the Avro schemas from id 1, those of Protobuf behind them. */
  static List<RegisteredSchema> registered() {
    return Stream.iterate(0, i -> i + 1)
        .limit(WRITERS)
        .flatMap(
            i ->
                Stream.of(
                    RegisteredSchema.avro(i + 1, AVRO.get(i)),
                    RegisteredSchema.protobuf(i + 1 + WRITERS, PROTOBUF.get(i))))
        .toList();
  }

  /** The newest message as a compiler of Protobuf leaves it. */
  static byte[] descriptorSet() {
    DescriptorProto order =
        DescriptorProto.newBuilder()
            .setName("Order")
            .addField(field("id", 1, Type.TYPE_STRING))
            .addField(field("n", 2, Type.TYPE_INT64))
            .addField(field("note", 4, Type.TYPE_STRING).setProto3Optional(true).setOneofIndex(0))
            .addField(field("currency", 5, Type.TYPE_STRING))
            .addOneofDecl(OneofDescriptorProto.newBuilder().setName("_note"))
            .build();
    return FileDescriptorSet.newBuilder()
        .addFile(
            FileDescriptorProto.newBuilder()
                .setName("order.proto")
                .setSyntax("proto3")
                .addMessageType(order))
        .build()
        .toByteArray();
  }

  private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
    return FieldDescriptorProto.newBuilder()
        .setName(name)
        .setNumber(number)
        .setType(type)
        .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL);
  }

  String id() {
    return "r%03d".formatted(number);
  }

  long n() {
    return writer < 2 ? number - 200 : 3_000_000_000L + number;
  }

  /** Null if the writer has no such field, as with the others. */
  String coupon() {
    return writer < 3 ? "c" + number : null;
  }

  String note() {
    return writer > 0 && number % 3 > 0 ? "n" + number : null;
  }

  String currency() {
    return writer > 1 ? "USD" : null;
  }

  /** In Confluent's framing. */
  byte[] inAvro() throws IOException {
    Schema schema = new Schema.Parser().parse(AVRO.get(writer));
    GenericData.Record record = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      record.put(field.pos(), value(field));
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(value, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    encoder.flush();
    return ByteBuffer.allocate(5 + value.size())
        .put((byte) 0)
        .putInt(writer + 1)
        .put(value.toByteArray())
        .array();
  }

  private Object value(Schema.Field field) {
    return switch (field.name()) {
      case "id" -> id();
      case "n" -> field.schema().getType() == Schema.Type.INT ? (Object) (int) n() : (Long) n();
      case "coupon" -> coupon();
      case "note" -> note();
      case "currency" -> currency();
      default -> throw new IllegalArgumentException(field.name());
    };
  }

  /** In Confluent's framing. */
  byte[] inProtobuf() throws IOException {
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(value);
    out.writeString(1, id());
    out.writeInt64(2, n());
    write(out, 3, coupon());
    write(out, 4, note());
    write(out, 5, currency());
    out.flush();
    return ByteBuffer.allocate(6 + value.size())
        .put((byte) 0)
        .putInt(writer + 1 + WRITERS)
        .put((byte) 0) // the first message of its file
        .put(value.toByteArray())
        .array();
  }

  private static void write(CodedOutputStream out, int field, String text) throws IOException {
    if (text != null) {
      out.writeString(field, text);
    }
  }

  private static String avro(String... fields) {
    String list = String.join(", ", fields);
    return "{'type': 'record', 'name': 'Order', 'fields': [%s]}".formatted(list).replace('\'', '"');
  }

  private static String proto(String fields) {
    return "syntax = \"proto3\";\nmessage Order { " + fields + " }\n";
  }
}
