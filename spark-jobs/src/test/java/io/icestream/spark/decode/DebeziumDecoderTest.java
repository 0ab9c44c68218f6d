/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.FormatDefinition.UnknownFields;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebeziumDecoderTest {
  private static final StructType TABLE =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("name", DataTypes.StringType)
          .add("born", DataTypes.DateType)
          .add("seen", DataTypes.TimestampType)
          .add("price", DataTypes.createDecimalType(10, 2));
  private static final StructType COLUMNS = DebeziumColumns.of(TABLE);
  private static final List<Object> ANN = Arrays.asList(7L, "Ann", null, null, null);
  private static final String UPDATE =
      """
      {"before": {"id": 7}, "after": {"id": 7, "name": "Ann"},
       "source": {"version": "2.7.0.Final", "connector": "postgresql", "name": "shop",
                  "ts_ms": 1700000000001, "snapshot": "false", "db": "shop", "sequence": "[1,2]",
                  "schema": "public", "table": "people", "txId": 571, "lsn": 34407624, "xmin": null},
       "transaction": {"id": "571:34407624", "total_order": 1, "data_collection_order": 2},
       "op": "u", "ts_ms": 1700000000123, "ts_us": 1700000000123456, "ts_ns": 1700000000123456789}
      """;

  @Test
  void readsAChange() {
    assertThat(values(UPDATE))
        .containsExactly(
            "u",
            1_700_000_000_123_000L,
            Arrays.asList(7L, null, null, null, null),
            ANN,
            Arrays.asList(
                "postgresql",
                "shop",
                "public",
                "people",
                1_700_000_000_001_000L,
                "false",
                34_407_624L,
                "571",
                null,
                null,
                null),
            List.of("571:34407624", 1L, 2L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"schema\": {\"type\": \"struct\", \"fields\": [{}]}, \"payload\": %s}",
        "{\"payload\": %s, \"schema\": null}",
        "{\"payload\": %s}"
      })
  void readsAChangeWithItsSchemaBesideIt(String wrapper) {
    assertThat(values(wrapper.formatted(UPDATE))).isEqualTo(values(UPDATE));
  }

  @Test
  void readsEachOperation() {
    assertThat(
            values("{\"op\": \"c\", \"after\": {\"id\": 7, \"name\": \"Ann\"}, \"before\": null}"))
        .containsExactly("c", null, null, ANN, null, null);
    assertThat(values("{\"op\": \"r\", \"after\": {\"id\": 7, \"name\": \"Ann\"}}"))
        .containsExactly("r", null, null, ANN, null, null);
    assertThat(
            values("{\"op\": \"d\", \"before\": {\"id\": 7, \"name\": \"Ann\"}, \"after\": null}"))
        .containsExactly("d", null, ANN, null, null, null);
    assertThat(values("{\"op\": \"d\", \"before\": null, \"after\": null}"))
        .containsExactly("d", null, null, null, null, null);
    assertThat(values("{\"op\": \"t\"}")).containsExactly("t", null, null, null, null, null);
  }

  @Test
  void takesATombstoneForAnOperation() throws Rejection {
    // given
    var row = new GenericInternalRow(COLUMNS.length());

    // when
    decoder(false).decodeTombstone(row);

    // then
    assertThat(Decoded.values(row, COLUMNS))
        .containsExactly("tombstone", null, null, null, null, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"true | true", "\"last\" | last", "false | false", "\"false\" | false"})
  void readsTheSnapshotMarkOfAnyVersion(String written, String snapshot) {
    // when
    var values = values("{\"op\": \"t\", \"source\": {\"snapshot\": %s}}".formatted(written));

    // then
    assertThat((List<?>) values.get(4)).element(5).isEqualTo(snapshot);
  }

  @Test
  void takesWhatHasOneMeaningOnly() {
    assertThat(after("\"born\": 19723")).element(2).isEqualTo(19_723);
    assertThat(after("\"born\": \"2024-01-01\"")).element(2).isEqualTo(19_723);
    assertThat(after("\"price\": \"12.5\"")).element(4).isEqualTo(new BigDecimal("12.50"));
    assertThat(after("\"price\": 12.5")).element(4).isEqualTo(new BigDecimal("12.50"));
    assertThat(after("\"seen\": \"2024-01-01T00:00:00.000001Z\""))
        .element(3)
        .isEqualTo(1_704_067_200_000_001L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"seen\": 1704067200000 | wrong_type: after.seen: expected timestamp, found 1704067200000,"
            + " a number without a unit",
        "\"price\": \"BN4=\" | wrong_type: after.price: expected decimal(10,2), found 'BN4='",
        "\"price\": \"1.234\" | out_of_range: after.price: more than 2 digits of fraction",
        "\"born\": 1.5 | wrong_type: after.born: expected date, found 1.5",
        "\"born\": 99999999999 | out_of_range: after.born: 99999999999 does not fit int",
        "\"id\": 8 | duplicate_key: after.id: stands twice"
      })
  void rejectsWhatHasSeveralMeaningsOrNone(String field, String rejection) {
    assertThat(reject("{\"op\": \"c\", \"after\": {\"id\": 7, " + field + "}}"))
        .isEqualTo(rejection);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | missing_field: op: is required and absent",
        "{\"id\": 7} | missing_field: op: is required and absent",
        "{\"op\": \"m\"} | unsupported_operation: op: expected c, r, u, d or t, found 'm'",
        "{\"op\": \"c\"} | missing_field: after: is required with op c",
        "{\"op\": \"u\", \"after\": null} | missing_field: after: is required with op u",
        "{\"op\": \"u\", \"after\": {}} | missing_field: after.id: is required and absent",
        "{\"op\": \"d\", \"after\": {\"id\": 7}} | malformed_envelope: after: has a row with op d",
        "{\"op\": \"t\", \"op\": \"t\"} | duplicate_key: op: stands twice",
        "{\"op\": \"t\", \"ts_ms\": 9223372036854775807}"
            + " | out_of_range: ts_ms: 9223372036854775807 does not fit timestamp",
        "{\"op\": \"t\", \"ts_ms\": \"now\"} | wrong_type: ts_ms: expected bigint, found a text",
        "{\"payload\": null} | malformed_envelope: payload: expected an object, found VALUE_NULL",
        "{\"schema\": {}} | malformed_envelope: payload: is absent",
        "{\"schema\": {}, \"op\": \"t\"}"
            + " | malformed_envelope: 'op' stands beside schema and payload",
        "{\"payload\": {\"op\": \"t\"}, \"payload\": {\"op\": \"t\"}}"
            + " | duplicate_key: payload: stands twice",
        "{\"op\": \"c\", \"after\": 7} | wrong_type: after: expected struct, found 7"
      })
  void rejectsWhatIsNoChange(String payload, String rejection) {
    assertThat(reject(payload).replaceAll("struct<.*>", "struct")).isEqualTo(rejection);
  }

  @Test
  void rejectsColumnsOfTheDatabaseThatTheSchemaLacksIfToldTo() {
    var payload =
        "{\"op\": \"c\", \"x\": 1, \"source\": {\"x\": 1}, \"after\": {\"id\": 7, \"x\": 1}}";

    assertThat(values(payload)).element(3).isEqualTo(Arrays.asList(7L, null, null, null, null));
    assertThat(Decoded.rejection(decoder(true), COLUMNS, payload))
        .isEqualTo("unknown_field: after.x: the schema has no such field");
  }

  private static List<?> after(String field) {
    return (List<?>) values("{\"op\": \"c\", \"after\": {\"id\": 7, " + field + "}}").get(3);
  }

  private static RecordDecoder decoder(boolean rejectUnknown) {
    return new DebeziumDecoder(
        COLUMNS, rejectUnknown ? UnknownFields.REJECT : UnknownFields.IGNORE);
  }

  private static List<Object> values(String payload) {
    return Decoded.values(decoder(false), COLUMNS, payload);
  }

  private static String reject(String payload) {
    return Decoded.rejection(decoder(false), COLUMNS, payload);
  }
}
