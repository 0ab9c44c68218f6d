/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.LocalSpark;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFilesTest {
  private static final String COLUMNS =
      "id BIGINT, name STRING, at TIMESTAMP, day DATE, price DECIMAL(9,2), body BINARY, flag"
          + " BOOLEAN, level INT, warmth DOUBLE, weight FLOAT, local TIMESTAMP_NTZ, place STRUCT<city: STRING, zip: INT>, tags ARRAY<STRING>, counts MAP<STRING,"
          + " INT>";

  private final SparkSession spark = LocalSpark.session();
  private final String name = LocalSpark.freshTable();

  @Test
  void writesWhatIcebergsOwnWriterWrites() throws Exception {
    // given
    Table table =
        create("PARTITIONED BY (days(at), bucket(3, name), truncate(2, price), place.zip)");
    Dataset<Row> rows = rows(500);

    // when
    append(table, rows);

    // then
    assertThat(readable(spark.table(name))).isEqualTo(readable(rows));
    String theirs = LocalSpark.freshTable();
    spark.sql(
        "CREATE TABLE "
            + theirs
            + " ("
            + COLUMNS
            + ") USING iceberg PARTITIONED BY (days(at),"
            + " bucket(3, name), truncate(2, price), place.zip)");
    rows.writeTo(theirs).append();
    String partitions = "SELECT partition, record_count FROM %s.partitions";
    assertThat(LocalSpark.sorted(spark.sql(partitions.formatted(name))))
        .isEqualTo(LocalSpark.sorted(spark.sql(partitions.formatted(theirs))));
  }

  @Test
  void measuresWhatIcebergsOwnWriterMeasures() throws Exception {
    // given
    Table table = create("");
    Dataset<Row> rows = rows(500).coalesce(1);
    String theirs = LocalSpark.freshTable();
    spark.sql("CREATE TABLE " + theirs + " (" + COLUMNS + ") USING iceberg");

    // when
    append(table, rows);
    rows.writeTo(theirs).append();

    // then
    String measures =
        "SELECT record_count, value_counts, null_value_counts, nan_value_counts, transform_values("
            + "lower_bounds, (k, v) -> hex(v)), transform_values(upper_bounds, (k, v) -> hex(v))"
            + " FROM %s.files";
    assertThat(LocalSpark.sorted(spark.sql(measures.formatted(name))))
        .hasSize(1)
        .isEqualTo(LocalSpark.sorted(spark.sql(measures.formatted(theirs))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "days(at), bucket(3, name)",
        "hours(at)",
        "name, flag",
        "months(at), day",
        "id",
        "level, truncate(1, name)",
        "days(local), place.city"
      })
  void findsThePartitionThatIcebergFinds(String partitions) throws Exception {
    // given: rows that follow each other in a partition, and rows that do not
    Table table = create("PARTITIONED BY (" + partitions + ")");
    Dataset<Row> rows = rows(200).withColumn("id", expr("id DIV 4")).coalesce(1);
    String theirs = LocalSpark.freshTable();
    spark.sql(
        "CREATE TABLE "
            + theirs
            + " ("
            + COLUMNS
            + ") USING iceberg PARTITIONED BY ("
            + partitions
            + ")");

    // when
    append(table, rows);
    rows.writeTo(theirs).append();

    // then
    String found = "SELECT partition, record_count, file_count FROM %s.partitions";
    assertThat(LocalSpark.sorted(spark.sql(found.formatted(name))))
        .hasSizeGreaterThan(1)
        .isEqualTo(LocalSpark.sorted(spark.sql(found.formatted(theirs))));
    assertThat(readable(spark.table(name))).isEqualTo(readable(rows));
  }

  @Test
  void writesOneFilePerTaskAndPartition() throws Exception {
    // given
    Table table = create("PARTITIONED BY (days(at))");

    // when
    List<DataFile> files = RowFiles.write(table, rows(1_000).repartition(2));

    // then
    assertThat(files).hasSize(2 * 3);
    assertThat(files.stream().mapToLong(DataFile::recordCount).sum()).isEqualTo(1_000);
  }

  @Test
  void sendsRowsToTheTaskOfTheirPartitionWhenPartitionsAreMany() throws Exception {
    // given
    Table table = create("PARTITIONED BY (bucket(40, id), flag)");
    Dataset<Row> rows = rows(1_000).repartition(2);

    // when: the first write does not know yet
    List<DataFile> first = RowFiles.write(table, rows);
    List<DataFile> second = RowFiles.write(table, rows);

    // then
    var partitions = first.stream().map(f -> table.spec().partitionToPath(f.partition()));
    int count = (int) partitions.distinct().count();
    assertThat(count).isGreaterThan(Spread.WIDE);
    assertThat(first.size()).isGreaterThan(count * 3 / 2);
    assertThat(second).hasSize(count);
    var append = table.newAppend();
    second.forEach(append::appendFile);
    append.commit();
    assertThat(readable(spark.table(name))).isEqualTo(readable(rows));
  }

  @Test
  void leavesRowsWhereTheyAreAgainWhenPartitionsAreFew() throws Exception {
    // given
    Table table = create("PARTITIONED BY (bucket(40, id))");
    RowFiles.write(table, rows(1_000).repartition(2));
    assertThat(Spread.isWide(table)).isTrue();

    // when
    RowFiles.write(table, rows(1));

    // then
    assertThat(Spread.isWide(table)).isFalse();
  }

  @Test
  void writesAfterTheTableHasChanged() throws Exception {
    // given
    append(create(""), rows(10));
    spark.sql("ALTER TABLE " + name + " ADD COLUMN more STRING");
    spark.sql("ALTER TABLE " + name + " ADD PARTITION FIELD day");

    // when
    append(Spark3Util.loadIcebergTable(spark, name), rows(10).withColumn("more", expr("'x'")));

    // then
    assertThat(LocalSpark.sorted(spark.sql("SELECT more, count(*) FROM " + name + " GROUP BY 1")))
        .containsExactly("[null,10]", "[x,10]");
    assertThat(
            spark
                .sql(
                    "SELECT DISTINCT partition.day FROM "
                        + name
                        + ".files WHERE partition.day"
                        + " IS NOT NULL")
                .count())
        .isEqualTo(3);
  }

  @Test
  void writesTheFormatThatTheTableAsksFor() throws Exception {
    // given
    Table table = create("TBLPROPERTIES ('write.format.default'='orc')");

    // when
    List<DataFile> files = RowFiles.write(table, rows(10));

    // then
    assertThat(files).allSatisfy(f -> assertThat(f.format().name()).isEqualTo("ORC"));
  }

  @Test
  void writesNoFileWithoutRows() throws Exception {
    // given
    Table table = create("");

    // when, then
    assertThat(RowFiles.write(table, rows(0))).isEmpty();
  }

  @Test
  void leavesNoFileOfATaskThatFails() throws Exception {
    // given
    Table table = create("PARTITIONED BY (days(at))");
    Dataset<Row> broken =
        rows(1_000).withColumn("name", expr("if(id = 900, raise_error('broken'), name)"));

    // when, then
    assertThatThrownBy(() -> RowFiles.write(table, broken.coalesce(1)))
        .hasMessageContaining("broken");
    assertThat(dataFiles(table)).isEmpty();
  }

  private Table create(String how) throws Exception {
    spark.sql("CREATE TABLE " + name + " (" + COLUMNS + ") USING iceberg " + how);
    return Spark3Util.loadIcebergTable(spark, name);
  }

  /** Bytes have no text of their own. */
  private static List<String> readable(Dataset<Row> rows) {
    return LocalSpark.sorted(rows.withColumn("body", expr("hex(body)")));
  }

  private static void append(Table table, Dataset<Row> rows) {
    var append = table.newAppend();
    RowFiles.write(table, rows).forEach(append::appendFile);
    append.commit();
  }

  /** Rows of three days; each value is null in some of them. */
  private Dataset<Row> rows(int count) {
    return spark
        .range(count)
        .selectExpr(
            "id",
            "if(id % 7 = 0, NULL, concat('n-', id % 11)) AS name",
            "timestamp'2026-01-01 22:00:00' + make_interval(0, 0, 0, id % 3) AS at",
            "date_add(date'2026-03-01', CAST(id % 3 AS INT)) AS day",
            "if(id % 5 = 0, NULL, CAST(id % 4 AS DECIMAL(9,2))) AS price",
            "if(id % 6 = 0, NULL, CAST(CAST(id AS STRING) AS BINARY)) AS body",
            "if(id % 2 = 0, NULL, id % 3 = 0) AS flag",
            "if(id % 8 = 0, NULL, CAST(id % 13 AS INT)) AS level",
            "if(id % 10 = 0, NULL, if(id % 11 = 0, double('NaN'), -id / 8D)) AS warmth",
            "if(id % 12 = 0, NULL, if(id % 7 = 0, float('NaN'), CAST(id AS FLOAT))) AS weight",
            "if(id % 14 = 0, NULL, timestamp_ntz'2026-01-01 00:00:00') AS local",
            "if(id % 9 = 0, NULL, named_struct('city', concat('c', id % 2), 'zip', CAST(id % 2 AS"
                + " INT))) AS place",
            "if(id % 4 = 0, NULL, array('a', NULL, concat('t', id))) AS tags",
            "if(id % 3 = 0, NULL, map('k', CAST(id AS INT))) AS counts");
  }

  private static List<Path> dataFiles(Table table) throws Exception {
    Path folder = Path.of(URI.create(table.location()).getPath(), "data");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).toList();
    }
  }
}
