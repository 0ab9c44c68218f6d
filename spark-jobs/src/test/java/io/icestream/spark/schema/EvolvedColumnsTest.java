/* SPDX-License-Identifier: MIT */
package io.icestream.spark.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.schema.SchemaChange.Added;
import io.icestream.spark.schema.SchemaChange.MadeOptional;
import io.icestream.spark.schema.SchemaChange.Widened;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvolvedColumnsTest {
  private static final StructType COLUMNS =
      StructType.fromDDL(
          "id STRING NOT NULL, n INT, s STRUCT<f: FLOAT NOT NULL>, l ARRAY<STRUCT<x: INT>>,"
              + " m MAP<STRING, DECIMAL(4,2)>");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "new    | id STRING NOT NULL,n INT,s STRUCT<f: FLOAT>,l ARRAY<STRUCT<x: INT>>,m"
            + " MAP<STRING, DECIMAL(4,2)>,new DATE",
        "s.new  | id STRING NOT NULL,n INT,s STRUCT<f: FLOAT, new: DATE>,l"
            + " ARRAY<STRUCT<x: INT>>,m MAP<STRING, DECIMAL(4,2)>",
        "l.[].new | id STRING NOT NULL,n INT,s STRUCT<f: FLOAT>,l ARRAY<STRUCT<x: INT, new:"
            + " DATE>>,m MAP<STRING, DECIMAL(4,2)>",
      })
  void addsAtTheEndOfWhateverHoldsTheField(String path, String expected) {
    assertThat(EvolvedColumns.of(COLUMNS, new Added(path(path), DataTypes.DateType)).toDDL())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "n, bigint, n BIGINT",
    "s.f, double, s STRUCT<f: DOUBLE>",
    "l.[].x, bigint, l ARRAY<STRUCT<x: BIGINT>>",
    "'m.{}', 'decimal(9,2)', 'm MAP<STRING, DECIMAL(9,2)>'",
  })
  void widensWhereverTheValueIs(String path, String type, String expected) {
    var change = new Widened(path(path), DataType.fromDDL(type));
    assertThat(EvolvedColumns.of(COLUMNS, change).toDDL()).contains(expected);
  }

  @Test
  void widensToTheSameTypeWithoutAChange() {
    assertThat(EvolvedColumns.of(COLUMNS, new Widened(path("n"), DataTypes.IntegerType)))
        .isEqualTo(COLUMNS);
  }

  @Test
  void makesARequiredColumnOptional() {
    assertThat(EvolvedColumns.of(COLUMNS, new MadeOptional(path("id"))).toDDL())
        .startsWith("id STRING,");
    var inner =
        (StructType)
            EvolvedColumns.of(COLUMNS, new MadeOptional(path("s.f"))).apply("s").dataType();
    assertThat(inner.apply("f").nullable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bigint", "string", "decimal(38,0)", "int"})
  void neverChangesATypeInAWayThatNoTableCanFollow(String type) {
    assertThatThrownBy(
            () ->
                EvolvedColumns.of(
                    COLUMNS, new Widened(path("id"), DataType.fromDDL("struct<a:" + type + ">"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no Iceberg table can make string struct<a:" + type + ">");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a'b", "a`b", "a\"b", "a\\b", "a\nb", "a\u0000"})
  void refusesANameThatSqlCannotSay(String name) {
    assertThatThrownBy(
            () ->
                EvolvedColumns.of(
                    COLUMNS, new Added(new ColumnPath(List.of(name)), DataTypes.StringType)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its name has blanks, dots, quotes");
  }

  @Test
  void refusesANameInsideOfWhatIsAdded() {
    var type =
        new StructType().add("ok", DataTypes.createArrayType(StructType.fromDDL("`a.b` INT")));
    assertThatThrownBy(() -> EvolvedColumns.of(COLUMNS, new Added(path("new"), type)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its name has");
  }

  @Test
  void refusesANameThatDiffersFromAnotherInCaseAlone() {
    assertThatThrownBy(
            () -> EvolvedColumns.of(COLUMNS, new Added(path("ID"), DataTypes.StringType)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SQL cannot tell it from column 'id', which differs in case alone");
  }

  @Test
  void refusesToGrowWithoutEnd() {
    // given
    StructType columns = new StructType();
    for (int i = 0; i < EvolvedColumns.MOST_COLUMNS; i++) {
      columns = columns.add("c" + i, DataTypes.StringType);
    }
    StructType full = columns;

    // when, then
    assertThatThrownBy(() -> EvolvedColumns.of(full, new Added(path("x"), DataTypes.StringType)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there would be more than 1000 columns");
  }

  @Test
  void joinsTheColumnsOfAFileWithThoseThatASourceHasComeTo() {
    // given
    StructType evolved =
        StructType.fromDDL("id STRING, n BIGINT, s STRUCT<f: FLOAT, g: INT>, x DATE");

    // when, then
    assertThat(EvolvedColumns.union(COLUMNS, evolved).toDDL())
        .isEqualTo(
            "id STRING,n BIGINT,s STRUCT<f: FLOAT, g: INT>,l ARRAY<STRUCT<x: INT>>,m MAP<STRING,"
                + " DECIMAL(4,2)>,x DATE");
  }

  @Test
  void namesTheColumnInWhichFileAndPastContradictEachOther() {
    assertThatThrownBy(
            () -> EvolvedColumns.union(COLUMNS, StructType.fromDDL("l ARRAY<STRUCT<x: STRING>>")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'l[].x' is int in one and string in the other");
  }

  private static ColumnPath path(String text) {
    return new ColumnPath(List.of(text.split("\\.")));
  }
}
