/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.RecordSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatsTest {
  private static final String SCHEMA =
      "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"a\", \"type\": \"int\"}]}";

  @TempDir private Path folder;

  @Test
  void readsTheSchemaFilesOfAvro() throws IOException {
    // given
    Files.writeString(folder.resolve("r.avsc"), SCHEMA);
    Files.writeString(folder.resolve("w.avsc"), "\"int\"");

    // when
    var schema = Formats.schema(avro(Optional.of("w.avsc")), folder::resolve);

    // then
    assertThat(schema.columns().fieldNames()).containsExactly("a");
    assertThat(schema.definition())
        .isEqualTo(new RecordSchema.Avro(SCHEMA, Optional.of("\"int\"")));
  }

  @Test
  void otherFormatsNeedTheirColumnsOnly() throws IOException {
    // given
    Files.writeString(folder.resolve("r.avsc"), SCHEMA);
    var csv = new FormatDefinition.Csv("r.avsc", ',', List.of());

    // when, then
    assertThat(Formats.schema(csv, folder::resolve))
        .isEqualTo(RecordSchema.of(AvroColumns.of(SCHEMA)));
  }

  @Test
  void saysWhichFileIsAbsentOrWrong() throws IOException {
    // given
    Files.writeString(folder.resolve("r.avsc"), SCHEMA);
    Files.writeString(folder.resolve("w.avsc"), "{");

    // when, then
    assertThatThrownBy(() -> Formats.schema(avro(Optional.of("x.avsc")), folder::resolve))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Schema file 'x.avsc' cannot be read ("
                + folder.resolve("x.avsc")
                + "). Create it, or correct 'schema'.");
    assertThatThrownBy(() -> Formats.schema(avro(Optional.of("w.avsc")), folder::resolve))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Schema w.avsc is no Avro schema: ");
  }

  @Test
  void refusesAFramingBeforeSeveralLines() {
    // given
    var json =
        new FormatDefinition.Json(
            "r.avsc", UnknownFields.IGNORE, FormatDefinition.Layout.LINES, Framing.CONFLUENT);

    // when, then
    assertThatThrownBy(() -> Formats.schema(json, folder::resolve))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Format json has 'layout: lines' and a 'framing'; a framing is before a single"
                + " document. Leave one of them out.");
  }

  @Test
  void compilesProtobufWithItsImports() throws IOException {
    // given
    Files.createDirectories(folder.resolve("common"));
    Files.writeString(
        folder.resolve("common/point.proto"),
        "syntax = \"proto3\"; package c; message Point { optional int32 x = 1; }");
    Files.writeString(
        folder.resolve("order.proto"),
        """
        syntax = "proto3";
        package shop;
        import "common/point.proto";
        import "google/protobuf/timestamp.proto";
        message Order { c.Point place = 1; google.protobuf.Timestamp at = 2; Line line = 3;
          message Line { string sku = 1; } }
        """);

    // when
    var schema = Formats.schema(protobuf("order.proto", ""), folder::resolve);

    // then
    assertThat(schema.columns().simpleString())
        .isEqualTo("struct<place:struct<x:int>,at:timestamp,line:struct<sku:string>>");
    var definition = (RecordSchema.Protobuf) schema.definition();
    assertThat(definition.message()).isEqualTo("shop.Order");

    // and given: the same as protoc would have compiled it
    Files.write(folder.resolve("order.desc"), definition.files().toByteArray());

    // when, then
    assertThat(Formats.schema(protobuf("order.desc", "shop.Order"), folder::resolve))
        .isEqualTo(schema);
    assertThat(
            Formats.schema(protobuf("order.desc", "shop.Order.Line"), folder::resolve)
                .columns()
                .fieldNames())
        .containsExactly("sku");
  }

  @Test
  void saysWhatIsWrongWithAProtobufSchema() throws IOException {
    // given
    Files.writeString(
        folder.resolve("two.proto"), "syntax = \"proto3\"; package t; message A {} message B {}");
    Files.writeString(folder.resolve("broken.proto"), "syntax = \"proto3\"; message A { int32 }");
    Files.writeString(
        folder.resolve("lost.proto"),
        "syntax = \"proto3\"; import \"gone.proto\"; message A { G g = 1; }");
    Files.writeString(folder.resolve("text.desc"), "no descriptor");

    // when, then
    assertThat(problem("two.proto", ""))
        .isEqualTo("Schema two.proto has several messages. Set 'message' to one of t.A, t.B.");
    assertThat(problem("two.proto", "t.C"))
        .isEqualTo("Schema two.proto has no message 't.C'. It has: t.A, t.B.");
    assertThat(problem("broken.proto", "")).startsWith("Schema broken.proto does not compile: ");
    assertThat(problem("lost.proto", ""))
        .startsWith("Schema lost.proto does not compile: ")
        .contains("gone.proto");
    assertThat(problem("text.desc", "")).startsWith("Schema text.desc is no descriptor set: ");
    assertThat(problem("absent.proto", ""))
        .startsWith("Schema file 'absent.proto' cannot be read (");
  }

  private String problem(String file, String message) {
    return catchThrowableOfType(
            IllegalArgumentException.class,
            () -> Formats.schema(protobuf(file, message), folder::resolve))
        .getMessage();
  }

  private static FormatDefinition protobuf(String file, String message) {
    return new FormatDefinition.Protobuf(
        file, Optional.of(message).filter(m -> !m.isEmpty()), UnknownFields.IGNORE, Framing.NONE);
  }

  private static FormatDefinition avro(Optional<String> writer) {
    return new FormatDefinition.Avro("r.avsc", writer, UnknownFields.IGNORE, Framing.NONE);
  }
}
