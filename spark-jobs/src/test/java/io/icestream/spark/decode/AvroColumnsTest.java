/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.UnknownFields;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroColumnsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "\"string\"; string",
        "\"boolean\"; boolean",
        "\"int\"; int",
        "\"long\"; bigint",
        "\"float\"; float",
        "\"double\"; double",
        "\"bytes\"; binary",
        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}; string",
        "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 4}; binary",
        "{\"type\": \"int\", \"logicalType\": \"date\"}; date",
        "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}; timestamp",
        "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"}; timestamp",
        "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 2}; decimal(9,2)",
        "{\"type\": \"array\", \"items\": \"int\"}; array<int>",
        "{\"type\": \"map\", \"values\": \"double\"}; map<string,double>",
        "{\"type\": \"record\", \"name\": \"P\", \"fields\": [{\"name\": \"x\", \"type\": \"int\"}]}; struct<x:int>",
        "[\"null\", \"string\"]; string",
        "[\"int\"]; int"
      })
  void givesEachAvroTypeAColumnType(String avro, String expected) {
    // when
    var columns = AvroColumns.of(record(avro));

    // then
    assertThat(columns.apply("f").dataType().catalogString()).isEqualTo(expected);
  }

  @Test
  void makesAColumnNullableWhereTheUnionHasNull() {
    // given
    var schema =
        """
        {"type": "record", "name": "R", "fields": [
          {"name": "id", "type": "string"},
          {"name": "note", "type": ["null", "string"]},
          {"name": "tags", "type": {"type": "array", "items": ["string", "null"]}},
          {"name": "counts", "type": {"type": "map", "values": "long"}}]}
        """;

    // when
    var columns = AvroColumns.of(schema);

    // then
    assertThat(columns)
        .isEqualTo(
            new StructType()
                .add("id", DataTypes.StringType, false)
                .add("note", DataTypes.StringType, true)
                .add("tags", DataTypes.createArrayType(DataTypes.StringType, true), false)
                .add(
                    "counts",
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType, false),
                    false));
  }

  @Test
  void refusesTextThatIsNoSchema() {
    assertThatThrownBy(() -> AvroColumns.of("{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is no Avro schema: ");
    assertThatThrownBy(() -> AvroColumns.of(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is no Avro schema: ");
    assertThatThrownBy(() -> AvroColumns.of(record("\"strin\"")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is no Avro schema: ");
  }

  @Test
  void refusesASchemaThatIsNoRecord() {
    assertThatThrownBy(() -> AvroColumns.of("\"string\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("has to be an Avro record, found string");
  }

  @Test
  void refusesAUnionOfSeveralTypes() {
    assertThatThrownBy(() -> AvroColumns.of(record("[\"null\", \"string\", \"int\"]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "field 'f' is a union of several types, which no column can hold. Give it one type,"
                + " or a union of null and one type");
  }

  @Test
  void namesTheWholePathOfAFieldThatNoColumnCanHold() {
    assertThatThrownBy(
            () ->
                AvroColumns.of(
                    record(
                        """
                        {"type": "array", "items": {"type": "record", "name": "P", "fields": [
                          {"name": "m", "type": {"type": "map", "values": "null"}}]}}
                        """)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("field 'f[].m{}' is null, which no column can hold.");
  }

  @Test
  void refusesARecordThatContainsItself() {
    assertThatThrownBy(() -> AvroColumns.of(record("[\"null\", \"R\"]")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("field 'f' is a record that contains itself, which no column");
  }

  @Test
  void takesOneRecordTypeInSeveralPlaces() {
    // given
    var schema =
        """
        {"type": "record", "name": "R", "fields": [
          {"name": "a", "type": {"type": "record", "name": "P", "fields": [
            {"name": "x", "type": "int"}]}},
          {"name": "b", "type": "P"}]}
        """;

    // when
    var columns = AvroColumns.of(schema);

    // then
    assertThat(columns.apply("a").dataType()).isEqualTo(columns.apply("b").dataType());
  }

  @Test
  void formatsNameTheirSchemaFileAndColumns() {
    // given
    var json =
        new FormatDefinition.Json(
            "a.avsc",
            UnknownFields.IGNORE,
            FormatDefinition.Layout.SINGLE,
            FormatDefinition.Framing.NONE);
    var csv = new FormatDefinition.Csv("b.avsc", ',', List.of());
    var text =
        new FormatDefinition.Text(
            Optional.of(FormatDefinition.Pattern.APACHE_COMBINED),
            Optional.empty(),
            Optional.empty());

    // when, then
    assertThat(Formats.schemaFile(json)).contains("a.avsc");
    assertThat(Formats.schemaFile(csv)).contains("b.avsc");
    assertThat(Formats.schemaFile(text)).isEmpty();
    assertThat(Formats.columns(json, record("\"int\"")).fieldNames()).containsExactly("f");
    assertThat(Formats.columns(text, "")).isEqualTo(CombinedLogDecoder.COLUMNS);
    assertThat(Formats.decoder(json, new StructType())).isInstanceOf(JsonDecoder.class);
    assertThat(Formats.decoder(csv, new StructType())).isInstanceOf(CsvDecoder.class);
    assertThat(Formats.decoder(text, new StructType())).isInstanceOf(CombinedLogDecoder.class);
  }

  private static String record(String type) {
    return "{\"type\": \"record\", \"name\": \"R\", \"fields\": [{\"name\": \"f\", \"type\": "
        + type
        + "}]}";
  }
}
