/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvDecoderTest {
  private static final StructType THREE =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("count", DataTypes.IntegerType)
          .add("note", DataTypes.StringType);

  @Test
  void readsEachType() {
    // given
    var columns =
        new StructType()
            .add("text", DataTypes.StringType)
            .add("small", DataTypes.IntegerType)
            .add("large", DataTypes.LongType)
            .add("real", DataTypes.DoubleType)
            .add("single", DataTypes.FloatType)
            .add("flag", DataTypes.BooleanType)
            .add("time", DataTypes.TimestampType)
            .add("day", DataTypes.DateType)
            .add("price", DataTypes.createDecimalType(6, 2))
            .add("blob", DataTypes.BinaryType);

    // when
    var values =
        Decoded.values(
            new CsvDecoder(columns, ',', List.of()),
            columns,
            "Köln,-7,9223372036854775807,1.5e3,0.5,TRUE,1970-01-01T00:00:01Z,1970-01-02,12.5,AAE=");

    // then
    assertThat(values)
        .containsExactly(
            "Köln",
            -7,
            Long.MAX_VALUE,
            1500.0,
            0.5f,
            true,
            1_000_000L,
            1,
            new BigDecimal("12.50"),
            "[0, 1]");
  }

  @Test
  void readsQuotedFields() {
    assertThat(values("\"a, b\",\"7\",\"say \"\"hi\"\"\""))
        .containsExactly("a, b", 7, "say \"hi\"");
  }

  @Test
  void keepsLineBreaksInsideQuotes() {
    assertThat(values("\"a\r\nb\",7,c")).containsExactly("a\r\nb", 7, "c");
  }

  @Test
  void doesNotMindTheLineBreakThatEndsARecord() {
    assertThat(values("a,7,b\r\n")).containsExactly("a", 7, "b");
    assertThat(values("a,7,b\n")).containsExactly("a", 7, "b");
    assertThat(values("a,7,\"b\n\"\n")).containsExactly("a", 7, "b\n");
  }

  @Test
  void rejectsASecondLine() {
    assertThat(reject("a,7,b\nc,8,d")).isEqualTo("malformed_csv: There is more than one line");
  }

  @Test
  void takesAQuoteInTheMiddleOfAFieldAsItIs() {
    assertThat(values("5\" disk,7,x")).containsExactly("5\" disk", 7, "x");
  }

  @Test
  void keepsBlanksAroundAText() {
    assertThat(values(" a ,7, ")).containsExactly(" a ", 7, " ");
  }

  @Test
  void takesAnEmptyFieldAsNullAndAQuotedOneAsEmptyText() {
    assertThat(values(",,\"\"")).containsExactly(null, null, "");
  }

  @Test
  void takesAnEmptyFieldAsEmptyTextWhereNullIsNotAllowed() {
    // given
    var columns =
        new StructType().add("a", DataTypes.StringType, false).add("b", DataTypes.StringType);

    // when
    var values = Decoded.values(new CsvDecoder(columns, ',', List.of()), columns, ",");

    // then
    assertThat(values).containsExactly("", null);
  }

  @Test
  void readsAnotherDelimiter() {
    assertThat(Decoded.values(new CsvDecoder(THREE, '\t', List.of()), THREE, "a,b\t7\t\"c\td\""))
        .containsExactly("a,b", 7, "c\td");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a,7 | malformed_csv: Expected 3 fields, found 2",
        "a,7,b,c | malformed_csv: Expected 3 fields, found 4",
        "a,7,b, | malformed_csv: Expected 3 fields, found 4",
        "\"a,7,b | malformed_csv: A quote is not closed",
        "\"a\"x,7,b | malformed_csv: There is text after a closing quote",
        "a,\"7\" ,b | malformed_csv: There is text after a closing quote",
        "a,x,b | wrong_type: count: expected int, found 'x'",
        "a,7.0,b | wrong_type: count: expected int, found '7.0'",
        "a, 7,b | wrong_type: count: expected int, found ' 7'",
        "a,\"\",b | wrong_type: count: expected int, found ''",
        "a,2147483648,b | out_of_range: count: 2147483648 does not fit int"
      })
  void rejectsALineThatDoesNotFit(String line, String expected) {
    assertThat(reject(line)).isEqualTo(expected);
  }

  @Test
  void rejectsNumbersThatAreNotFinite() {
    // given
    var columns = new StructType().add("v", DataTypes.DoubleType);
    var decoder = new CsvDecoder(columns, ',', List.of());

    // when, then
    for (var text : List.of("NaN", "Infinity", "1e400")) {
      assertThat(Decoded.rejection(decoder, columns, text))
          .isEqualTo("out_of_range: v: " + text + " does not fit double");
    }
  }

  @Test
  void rejectsNumbersThatOnlyJavaWrites() {
    // given
    var columns = new StructType().add("v", DataTypes.DoubleType);
    var decoder = new CsvDecoder(columns, ',', List.of());

    // when, then
    for (var text : List.of("1.5d", "1f", "0x1p3", " 1.5")) {
      assertThat(Decoded.rejection(decoder, columns, text))
          .isEqualTo("wrong_type: v: expected double, found '" + text + "'");
    }
  }

  @Test
  void rejectsAnEmptyFieldThatIsRequired() {
    // given
    var columns =
        new StructType().add("a", DataTypes.StringType).add("n", DataTypes.LongType, false);

    // when
    var rejection = Decoded.rejection(new CsvDecoder(columns, ',', List.of()), columns, "x,");

    // then
    assertThat(rejection).isEqualTo("missing_field: n: is required and empty");
  }

  @Test
  void rejectsAnEmptyPayload() {
    assertThat(reject("")).isEqualTo("empty_payload: The payload has no content");
  }

  @Test
  void rejectsBytesThatAreNotUtf8() {
    // given
    var payload = new byte[] {'a', (byte) 0xE4, ',', '7', ',', 'b'};

    // when
    var rejection = Decoded.rejection(new CsvDecoder(THREE, ',', List.of()), THREE, payload);

    // then
    assertThat(rejection).isEqualTo("malformed_csv: The payload is not UTF-8: see its byte 1");
  }

  @Test
  void placesFieldsByTheNamesOfTheHeader() {
    // given
    var header = List.of("note", "unknown", "name");
    var decoder = new CsvDecoder(CsvDecoder.columns(THREE, header), ',', header);

    // when
    var values = Decoded.values(decoder, THREE, "n,\"a \"\"b\"\"\",x");

    // then
    assertThat(values).containsExactly("x", null, "n");
    assertThat(Decoded.rejection(decoder, THREE, "n,x"))
        .isEqualTo("malformed_csv: Expected 3 fields, found 2");
  }

  @Test
  void refusesASchemaThatALineCannotHold() {
    var columns = THREE.add("tags", DataTypes.createArrayType(DataTypes.StringType));

    assertThatThrownBy(() -> CsvDecoder.columns(columns, List.of()))
        .hasMessage(
            "has the column 'tags', which is array. Lines of text hold single values alone: give"
                + " it another type");
    assertThatThrownBy(() -> CsvDecoder.columns(columns, List.of("name", "tags")))
        .hasMessageContaining("'tags', which is array");
  }

  @Test
  void refusesAHeaderThatCannotFillTheSchema() {
    var columns = THREE.add("id", DataTypes.LongType, false);

    assertThatThrownBy(() -> CsvDecoder.columns(columns, List.of("name", "idd")))
        .hasMessage(
            "requires column 'id', and no field of the header has that name. Did you mean 'idd'?"
                + " Allowed: idd, name. Name one, or let the column be null");
    assertThatThrownBy(() -> CsvDecoder.columns(THREE, List.of("Name")))
        .hasMessage(
            "has no column that a field of the header is named after, so that no row would have a"
                + " value");
    assertThatThrownBy(() -> CsvDecoder.columns(THREE, List.of("name", "name")))
        .hasMessage("cannot take two fields 'name' of the header: give each its own name");
  }

  private static List<Object> values(String line) {
    return Decoded.values(new CsvDecoder(THREE, ',', List.of()), THREE, line);
  }

  private static String reject(String line) {
    return Decoded.rejection(new CsvDecoder(THREE, ',', List.of()), THREE, line);
  }
}
