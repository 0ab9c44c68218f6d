/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static io.icestream.spark.decode.AvroFixtures.confluent;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.decode.AvroFixtures.Schemas;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.registry.WriterSchema.Language;
import io.icestream.spark.schema.EvolvedColumns;
import io.icestream.spark.schema.SchemaChange;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Columns that follow the schemas that a registry has of the writers. */
class AvroEvolutionTest {
  private static final Schema FILE =
      schema("{'name': 'id', 'type': 'string'}, {'name': 'n', 'type': 'int'}");

  private final Schemas registry = new Schemas();
  private StructType columns = AvroColumns.of(FILE);

  @Test
  void aWriterWithANewFieldAddsAColumnAndOldWritersLeaveItNull() {
    // given
    Schema next =
        schema(
            "{'name': 'id', 'type': 'string'}, {'name': 'kind', 'type': {'type': 'enum', 'name':"
                + " 'K', 'symbols': ['A', 'B']}}, {'name': 'n', 'type': 'int'}");
    byte[] old = record(1, FILE, "a", 1);
    byte[] later = record(2, next, "b", new GenericData.EnumSymbol(next, "B"), 2);

    // when
    String before = rejection(later);
    List<String> changes = follow(later);

    // then
    assertThat(before)
        .isEqualTo(
            "unknown_field: The writer's schema needs what could not be done: column 'kind' string added");
    assertThat(changes).containsExactly("column 'kind' string added");
    assertThat(values(later)).containsExactly("b", 2, "B");
    assertThat(values(old)).containsExactly("a", 1, null);
  }

  @Test
  void aWriterWithAWiderTypeWidensTheColumn() {
    // given
    Schema next = schema("{'name': 'id', 'type': 'string'}, {'name': 'n', 'type': 'long'}");
    byte[] later = record(2, next, "b", 3_000_000_000L);

    // when
    List<String> changes = follow(later);

    // then
    assertThat(changes).containsExactly("column 'n' widened to bigint");
    assertThat(values(later)).containsExactly("b", 3_000_000_000L);
    assertThat(values(record(1, FILE, "a", 1))).containsExactly("a", 1L);
  }

  @Test
  void aWriterWithoutARequiredFieldMakesItOptional() {
    // given
    Schema next = schema("{'name': 'id', 'type': 'string'}");
    byte[] later = record(2, next, "b");

    // when
    List<String> changes = follow(later);

    // then
    assertThat(changes).containsExactly("column 'n' made optional");
    assertThat(values(later)).containsExactly("b", null);
    assertThat(values(record(1, FILE, "a", 1))).containsExactly("a", 1);
  }

  @Test
  void aColumnThatAnotherWriterHasInAnotherTypeStaysAndTheRecordIsRejected() {
    // given
    Schema text =
        schema(
            "{'name': 'id', 'type': 'string'}, {'name': 'n', 'type': 'int'}, {'name': 'x', 'type': 'string'}");
    Schema number =
        schema(
            "{'name': 'id', 'type': 'string'}, {'name': 'n', 'type': 'int'}, {'name': 'x', 'type': 'long'}");
    follow(record(2, text, "a", 1, "text"));

    // when
    byte[] later = record(3, number, "b", 2, 7L);

    // then
    assertThat(rejection(later))
        .isEqualTo("incompatible_schema: x: column 'x' is string and not bigint");
  }

  @Test
  void fieldsInsideOfRecordsAndListsFollowToo() {
    // given
    Schema deep =
        schema(
            "{'name': 'id', 'type': 'string'}, {'name': 'n', 'type': 'int'}, {'name': 'l', 'type':"
                + " {'type': 'array', 'items': {'type': 'record', 'name': 'E', 'fields': [{'name':"
                + " 'a', 'type': 'int'}]}}}");
    Schema deeper =
        schema(
            "{'name': 'id', 'type': 'string'}, {'name': 'n', 'type': 'int'}, {'name': 'l', 'type':"
                + " {'type': 'array', 'items': {'type': 'record', 'name': 'E', 'fields': [{'name':"
                + " 'a', 'type': 'long'}, {'name': 'b', 'type': ['null', 'double'], 'default':"
                + " null}]}}}");
    byte[] first = record(2, deep, "a", 1, List.of(element(deep, 5)));
    follow(first);
    byte[] second = record(3, deeper, "b", 2, List.of(element(deeper, 6L, 0.5)));

    // when
    List<String> changes = follow(second);

    // then
    assertThat(changes)
        .containsExactly("column 'l[].a' widened to bigint", "column 'l[].b' double added");
    assertThat(values(second)).containsExactly("b", 2, List.of(List.of(6L, 0.5)));
    assertThat(values(first).toString()).isEqualTo("[a, 1, [[5, null]]]");
    assertThat(values(record(1, FILE, "c", 3))).containsExactly("c", 3, null);
  }

  /** Lets the columns follow a record, as a running pipeline does. */
  private List<String> follow(byte[] payload) {
    DriftLog log = new DriftLog();
    AvroDecoder decoder = decoder();
    decoder.report(log);
    Decoded.rejection(decoder, columns, payload);
    for (SchemaChange change : log.value().changes()) {
      columns = EvolvedColumns.of(columns, change);
    }
    return log.value().changes().stream().map(SchemaChange::toString).toList();
  }

  private List<Object> values(byte[] payload) {
    return Decoded.values(decoder(), columns, payload);
  }

  private String rejection(byte[] payload) {
    return Decoded.rejection(decoder(), columns, payload);
  }

  private AvroDecoder decoder() {
    return new AvroDecoder(
        new RecordSchema.Avro(FILE.toString(), Optional.empty()),
        columns,
        Framing.CONFLUENT,
        UnknownFields.EVOLVE,
        registry);
  }

  private byte[] record(int id, Schema writer, Object... values) {
    registry.with(id, Language.AVRO, writer.toString());
    return confluent(id, AvroFixtures.encode(writer, values));
  }

  private static Object element(Schema record, Object... values) {
    Schema element = record.getField("l").schema().getElementType();
    GenericRecordBuilder builder = new GenericRecordBuilder(element);
    for (int i = 0; i < values.length; i++) {
      builder.set(element.getFields().get(i), values[i]);
    }
    return builder.build();
  }

  private static Schema schema(String fields) {
    String json = "{'type': 'record', 'name': 'R', 'fields': [" + fields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }
}
