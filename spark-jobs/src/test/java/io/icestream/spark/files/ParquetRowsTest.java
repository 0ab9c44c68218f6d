/* SPDX-License-Identifier: MIT */
package io.icestream.spark.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.LocalSpark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.internal.column.columnindex.OffsetIndex;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files are read back by Spark's readers, and their indexes by another version of Parquet's
 * library.
 */
class ParquetRowsTest {
  private static final int ROWS = 5_000;

  /** Columns whose values are one, few, many, unique, and all sorts of special. */
  private static final String[] COLUMNS = {
    "id AS unique_long",
    "CAST(id % 7 AS INT) AS few_ints",
    "CAST(hash(id) % 1500 AS INT) AS many_ints",
    "'iot.readings' AS one_text",
    "concat('device-', lpad(CAST(id % 40 AS STRING), 5, '0')) AS few_texts",
    "concat('é', uuid()) AS unique_text",
    "if(id % 3 = 0, '', repeat(concat('x', id % 5), CAST(id % 400 AS INT))) AS lengths",
    "if(id < 1200, NULL, concat('late-', id % 9)) AS late_text",
    "if(id % 11 = 5, NULL, rand(3) * 100 - 50) AS unique_double",
    "CAST(element_at(array('NaN', 'Infinity', '-Infinity', '-0.0', '0.0', '1.5', '-2.25', NULL),"
        + " CAST(id % 8 + 1 AS INT)) AS DOUBLE) AS odd_doubles",
    "CAST(element_at(array('NaN', '3.5', '-0.0', '-7.25', NULL), CAST(id % 5 + 1 AS INT)) AS"
        + " FLOAT) AS odd_floats",
    "CAST(NULL AS STRING) AS no_text",
    "CAST(NULL AS DOUBLE) AS no_double",
    "if(id % 13 = 0, NULL, id % 3 = 0) AS truth",
    "id < 4000 AS run_of_truth",
    "timestamp'2026-01-01 00:00:00' + make_interval(0, 0, 0, 0, 0, 0, id) AS time",
    "date_add(date'2020-02-29', CAST(id DIV 100 AS INT)) AS day",
    "array(id, id + 1) AS nested"
  };

  private final SparkSession spark = LocalSpark.session();
  private final String name = LocalSpark.freshTable();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'write.parquet.page-row-limit'='20000'",
        "'write.parquet.page-row-limit'='100'",
        "'write.parquet.page-row-limit'='64', 'write.parquet.row-group-size-bytes'='60000'",
        "'write.parquet.page-size-bytes'='700'",
        "'write.parquet.page-row-limit'='300', 'write.parquet.dict-size-bytes'='90'",
        "'parquet.enable.dictionary'='false'",
        "'write.parquet.compression-codec'='uncompressed'",
        "'write.parquet.compression-codec'='gzip', 'write.parquet.compression-level'='2'",
        "'write.parquet.compression-codec'='snappy', 'write.parquet.page-row-limit'='1'"
      })
  void readsBackWhatWasWritten(String properties) throws Exception {
    // given
    Dataset<Row> rows = rows();
    Table table = create(rows, properties);

    // when
    DataFile file = append(table, rows);

    // then
    List<String> expected = LocalSpark.sorted(rows);
    assertThat(LocalSpark.sorted(spark.table(name))).isEqualTo(expected);
    spark.sql(
        "ALTER TABLE "
            + name
            + " SET TBLPROPERTIES ('read.parquet.vectorization.enabled'='false')");
    assertThat(LocalSpark.sorted(spark.table(name))).isEqualTo(expected);
    assertThat(file.recordCount()).isEqualTo(ROWS);
    assertThat(file.splitOffsets()).hasSize(blocks(file).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "few_texts = 'device-00007'",
        "unique_long BETWEEN 1203 AND 1207",
        "late_text = 'late-4' AND few_ints = 3",
        "odd_doubles = -2.25 OR unique_double > 49",
        "many_ints = -1 OR time = timestamp'2026-01-01 01:00:00'",
        "lengths = '' AND run_of_truth",
        "odd_doubles = CAST('NaN' AS DOUBLE)",
        "no_text IS NOT NULL"
      })
  void findsRowsByTheirValues(String condition) throws Exception {
    // given
    Dataset<Row> rows = rows();
    DataFile file =
        append(
            create(
                rows,
                "'write.parquet.page-row-limit'='50',"
                    + " 'write.parquet.row-group-size-bytes'='60000'"),
            rows);

    // then: by Iceberg, and by the indexes that Spark's own reader of Parquet looks into
    List<String> expected = LocalSpark.sorted(rows.filter(condition));
    assertThat(LocalSpark.sorted(spark.table(name).filter(condition))).isEqualTo(expected);
    assertThat(LocalSpark.sorted(spark.read().parquet(file.location()).filter(condition)))
        .isEqualTo(expected);
  }

  @Test
  void boundsEachPageByItsOwnValues() throws Exception {
    // given
    Dataset<Row> rows = rows();
    int limit = 128;
    DataFile file = append(create(rows, "'write.parquet.page-row-limit'='" + limit + "'"), rows);
    List<Row> written = rows.collectAsList();

    // when
    List<PageBounds> texts = pages(file, "few_texts");
    List<PageBounds> unique = pages(file, "unique_text");
    List<PageBounds> late = pages(file, "late_text");

    // then
    assertThat(texts).hasSize((ROWS + limit - 1) / limit);
    assertThat(texts).isEqualTo(expected(written, "few_texts", limit));
    assertThat(unique).isEqualTo(expected(written, "unique_text", limit));
    assertThat(late).isEqualTo(expected(written, "late_text", limit));
  }

  @Test
  void keepsADictionaryOnlyWhereItPays() throws Exception {
    // given
    Dataset<Row> rows = rows();
    Table table = create(rows, "'write.parquet.page-row-limit'='1000'");

    // when
    DataFile first = append(table, rows);
    DataFile second = append(table, rows);

    // then
    for (DataFile file : List.of(first, second)) {
      assertThat(encodings(file, "few_texts")).contains(Encoding.RLE_DICTIONARY);
      assertThat(encodings(file, "few_ints")).contains(Encoding.RLE_DICTIONARY);
      assertThat(encodings(file, "one_text")).contains(Encoding.RLE_DICTIONARY);
      assertThat(encodings(file, "late_text"))
          .as("a first page of nulls says nothing")
          .contains(Encoding.RLE_DICTIONARY);
      assertThat(encodings(file, "unique_text")).containsOnly(Encoding.PLAIN, Encoding.RLE);
      assertThat(encodings(file, "unique_double")).containsOnly(Encoding.PLAIN, Encoding.RLE);
    }
    assertThat(second.fileSizeInBytes())
        .isBetween(first.fileSizeInBytes() * 9 / 10, first.fileSizeInBytes() * 11 / 10);
  }

  @Test
  void triesADictionaryAgainAfterAWhile() {
    // given
    RepeatingColumns.Column column = new RepeatingColumns.Column(UUID.randomUUID(), 1, true);
    boolean before = column.isWorthATry();
    column.note(false);

    // when
    List<Boolean> tries = IntStream.range(0, 18).mapToObj(i -> column.isWorthATry()).toList();

    // then
    assertThat(before).isTrue();
    assertThat(tries.subList(0, 15)).containsOnly(false);
    assertThat(tries.subList(15, 18)).containsOnly(true);
  }

  @Test
  void leavesWhatItDoesNotKnowToIcebergsWriter() throws Exception {
    // given
    Dataset<Row> rows = rows();
    Table table = create(rows, "'write.parquet.bloom-filter-enabled.column.unique_text'='true'");

    // when
    DataFile file = append(table, rows);

    // then
    assertThat(blocks(file))
        .allSatisfy(
            block -> assertThat(chunk(block, "unique_text").getBloomFilterOffset()).isPositive());
    assertThat(LocalSpark.sorted(spark.table(name))).isEqualTo(LocalSpark.sorted(rows));
  }

  @ParameterizedTest
  @CsvSource({
    "write.parquet.page-row-limit, 0, Page row count limit must be > 0",
    "write.parquet.row-group-size-bytes, -1, Row group size must be > 0",
    "write.parquet.compression-codec, tar, Unsupported compression codec: tar"
  })
  void letsIcebergSayWhatIsWrongWithAProperty(String key, String value, String message)
      throws Exception {
    // given
    Dataset<Row> rows = rows();
    Table table = create(rows, "'" + key + "'='" + value + "'");

    // when, then
    assertThatThrownBy(() -> RowFiles.write(table, rows)).hasStackTraceContaining(message);
  }

  @Test
  void refusesARowWithoutARequiredValue() throws Exception {
    // given
    spark.sql("CREATE TABLE " + name + " (id BIGINT NOT NULL, text STRING) USING iceberg");
    Table table = Spark3Util.loadIcebergTable(spark, name);
    Dataset<Row> rows = spark.range(3).selectExpr("if(id = 2, NULL, id) AS id", "'a' AS text");

    // when, then
    assertThatThrownBy(() -> RowFiles.write(table, rows))
        .hasStackTraceContaining("Column 'id' is required, and a row has none");
  }

  private Dataset<Row> rows() {
    Dataset<Row> rows = spark.range(0, ROWS, 1, 1).selectExpr(COLUMNS);
    // One set of random values
    return spark.createDataFrame(rows.collectAsList(), rows.schema()).coalesce(1);
  }

  private Table create(Dataset<Row> rows, String properties) throws Exception {
    spark.sql(
        "CREATE TABLE "
            + name
            + " ("
            + rows.schema().toDDL()
            + ") USING iceberg TBLPROPERTIES ("
            + properties
            + ")");
    return Spark3Util.loadIcebergTable(spark, name);
  }

  private static DataFile append(Table table, Dataset<Row> rows) {
    List<DataFile> files = RowFiles.write(table, rows);
    assertThat(files).hasSize(1);
    table.newAppend().appendFile(files.get(0)).commit();
    return files.get(0);
  }

  /**
   * What the index of a column says of a page.
   *
   * @param nulls how many
   * @param least the least value; null if there is none
   * @param greatest the greatest value; null if there is none
   */
  private record PageBounds(long nulls, String least, String greatest) {}

  private static List<PageBounds> pages(DataFile file, String column) throws IOException {
    List<PageBounds> pages = new ArrayList<>();
    try (ParquetFileReader reader = open(file)) {
      for (BlockMetaData block : reader.getFooter().getBlocks()) {
        ColumnIndex index = reader.readColumnIndex(chunk(block, column));
        OffsetIndex offsets = reader.readOffsetIndex(chunk(block, column));
        for (int i = 0; i < offsets.getPageCount(); i++) {
          boolean none = index.getNullPages().get(i);
          pages.add(
              new PageBounds(
                  index.getNullCounts().get(i),
                  none ? null : text(index.getMinValues().get(i)),
                  none ? null : text(index.getMaxValues().get(i))));
        }
      }
    }
    return pages;
  }

  private static List<PageBounds> expected(List<Row> rows, String column, int limit) {
    List<PageBounds> pages = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += limit) {
      List<String> values =
          rows.subList(from, Math.min(from + limit, rows.size())).stream()
              .map(row -> row.<String>getAs(column))
              .toList();
      List<String> sorted =
          values.stream()
              .filter(value -> value != null)
              .sorted(Comparator.comparing(value -> value.getBytes(UTF_8), Arrays::compareUnsigned))
              .toList();
      pages.add(
          new PageBounds(
              values.size() - sorted.size(),
              sorted.isEmpty() ? null : sorted.get(0),
              sorted.isEmpty() ? null : sorted.get(sorted.size() - 1)));
    }
    return pages;
  }

  private static String text(ByteBuffer bytes) {
    return UTF_8.decode(bytes.slice()).toString();
  }

  private static Set<Encoding> encodings(DataFile file, String column) throws IOException {
    return blocks(file).stream()
        .flatMap(block -> chunk(block, column).getEncodings().stream())
        .collect(Collectors.toSet());
  }

  private static List<BlockMetaData> blocks(DataFile file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      return reader.getFooter().getBlocks();
    }
  }

  private static ColumnChunkMetaData chunk(BlockMetaData block, String column) {
    return block.getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equals(column))
        .findFirst()
        .orElseThrow();
  }

  private static ParquetFileReader open(DataFile file) throws IOException {
    return ParquetFileReader.open(
        HadoopInputFile.fromPath(new Path(file.location()), new Configuration()));
  }
}
