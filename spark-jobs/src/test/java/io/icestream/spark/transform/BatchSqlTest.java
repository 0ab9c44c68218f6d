/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.decode.DecodedColumns;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The place that a row comes from follows it through every shape of row step. */
class BatchSqlTest {
  private static final StructType READINGS =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("value", DataTypes.IntegerType)
          .add(DecodedColumns.SOURCE, DecodedColumns.SOURCE_TYPE);

  private final SparkSession spark = LocalSpark.session();

  @BeforeEach
  void provideViews() {
    LocalSpark.rows(
            READINGS, List.of(reading("a", 1, 10), reading("b", 2, 11), reading("c", 3, 12)))
        .createOrReplaceTempView("readings");
    spark
        .sql("SELECT * FROM VALUES ('a', 'red'), ('c', 'blue') AS t(id, colour)")
        .createOrReplaceTempView("devices");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT id, value FROM readings; [a,1]@10 [b,2]@11 [c,3]@12",
        "SELECT * FROM readings; [a,1]@10 [b,2]@11 [c,3]@12",
        "SELECT r.* FROM readings r; [a,1]@10 [b,2]@11 [c,3]@12",
        "SELECT *, value + 1 AS next FROM readings; [a,1,2]@10 [b,2,3]@11 [c,3,4]@12",
        "SELECT value AS v FROM readings WHERE value >= 2; [2]@11 [3]@12",
        "SELECT upper(x) AS x FROM (SELECT id AS x FROM readings WHERE value < 3) t; [A]@10 [B]@11",
        "SELECT r.id, d.colour FROM readings r LEFT JOIN devices d USING (id);"
            + " [a,red]@10 [b,null]@11 [c,blue]@12",
        "SELECT * FROM readings JOIN devices USING (id); [a,1,red]@10 [c,3,blue]@12",
        "SELECT d.colour, r.id FROM devices d JOIN readings r ON d.id = r.id WHERE r.value = 3;"
            + " [blue,c]@12",
        "SELECT _source.offset AS o, id FROM readings; [10,a]@10 [11,b]@11 [12,c]@12",
        "SELECT a.colour, b.colour AS other FROM readings r JOIN devices a USING (id)"
            + " LEFT JOIN devices b ON b.colour = 'red'; [blue,red]@12 [red,red]@10"
      })
  void carriesThePlaceOfARow(String sql, String expected) {
    // when
    var rows = BatchSql.rows(spark, sql);

    // then
    assertThat(rows.columns()).endsWith(DecodedColumns.SOURCE);
    assertThat(rows.collectAsList().stream().map(BatchSqlTest::show).sorted().toList())
        .isEqualTo(List.of(expected.split(" ")));
  }

  @Test
  void carriesThePlaceThroughAViewOfAStep() {
    // given
    BatchSql.rows(spark, "SELECT id, value * 10 AS ten FROM readings WHERE value > 1")
        .createOrReplaceTempView("tens");

    // when
    var rows = BatchSql.rows(spark, "SELECT ten FROM tens WHERE ten > 20");

    // then
    assertThat(rows.collectAsList()).extracting(BatchSqlTest::show).containsExactly("[30]@12");
  }

  @Test
  void keepsNamesThatNeedQuotes() {
    // when
    var rows = BatchSql.rows(spark, "SELECT value AS `a``b.c d` FROM readings");

    // then
    assertThat(rows.columns()).containsExactly("a`b.c d", DecodedColumns.SOURCE);
  }

  private static String show(Row row) {
    var source = row.getStruct(row.length() - 1);
    var values = new java.util.ArrayList<String>();
    for (int i = 0; i < row.length() - 1; i++) {
      values.add(String.valueOf(row.get(i)));
    }
    return "[" + String.join(",", values) + "]@" + source.getLong(2);
  }

  private static Row reading(String id, int value, long offset) {
    return RowFactory.create(
        id, value, RowFactory.create("t", 0, offset, null, null, null, new byte[0], null));
  }
}
