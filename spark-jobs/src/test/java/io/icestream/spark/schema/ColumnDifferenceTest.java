/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnDifferenceTest {

  @Test
  void findsNoneWhereTheTableHoldsWhatIsWritten() {
    // given
    var table = StructType.fromDDL("extra INT, n BIGINT, id STRING NOT NULL, l ARRAY<DOUBLE>");
    var written = StructType.fromDDL("id STRING, n INT, l ARRAY<FLOAT>");

    // when, then
    assertThat(ColumnDifference.between(table, written).isNone())
        .as("order, further columns, wider types and rules of the owner are no difference")
        .isTrue();
  }

  @Test
  void namesWhatTheTableHasToFollow() {
    // given
    var table = StructType.fromDDL("n INT, s STRUCT<f: FLOAT>, l ARRAY<STRUCT<d: DECIMAL(4,2)>>");
    var written =
        StructType.fromDDL(
            "n BIGINT, s STRUCT<f: DOUBLE, g: DATE>, l ARRAY<STRUCT<d: DECIMAL(6,2)>>, x STRING");

    // when
    var difference = ColumnDifference.between(table, written);

    // then
    assertThat(difference.contradictions()).isEmpty();
    assertThat(difference.changes().stream().map(SchemaChange::toString))
        .containsExactly(
            "column 'l[].d' widened to decimal(6,2)",
            "column 'n' widened to bigint",
            "column 's.f' widened to double",
            "column 's.g' date added",
            "column 'x' string added");
    assertThat(difference.describe())
        .startsWith("column 'l[].d' widened to decimal(6,2) is needed, ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a STRING | a INT | column 'a' is string and not int",
        "a BIGINT | a DECIMAL(38,0) | column 'a' is bigint and not decimal(38,0)",
        "a DECIMAL(9,3) | a DECIMAL(12,2) | column 'a' is decimal(9,3) and not decimal(12,2)",
        "a STRUCT<b: INT> | a STRUCT<b: STRING> | column 'a.b' is int and not string",
        "a MAP<STRING, INT> | a ARRAY<INT> | column 'a' is map<string,int> and not array<int>",
        "a INT, must INT NOT NULL | a INT | its column 'must' may not be null and is not written",
      })
  void namesWhatTheTableCannotFollow(String table, String written, String expected) {
    var difference =
        ColumnDifference.between(StructType.fromDDL(table), StructType.fromDDL(written));
    assertThat(difference.contradictions()).containsExactly(expected);
    assertThat(difference.isNone()).isFalse();
  }
}
