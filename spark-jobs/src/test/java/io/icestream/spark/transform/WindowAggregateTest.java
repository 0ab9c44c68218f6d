/* SPDX-License-Identifier: MIT */
package io.icestream.spark.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.LocalSpark;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window step gives what one GROUP BY over all rows would give, however the rows are cut. */
class WindowAggregateTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("device", DataTypes.StringType)
          .add("t", DataTypes.TimestampType)
          .add("i", DataTypes.IntegerType)
          .add("l", DataTypes.LongType)
          .add("d", DataTypes.DoubleType)
          .add("price", DataTypes.createDecimalType(10, 2))
          .add("s", DataTypes.StringType);

  private static final String EVERYTHING =
      """
      SELECT device, window(t, '1 minute').start AS minute,
             count(*) AS n, count(i) AS known, sum(i) AS total, sum(l) AS long_total,
             avg(d) AS mean, avg(i) AS mean_i, min(d) AS low, max(s) AS last_name, min(t) AS first,
             sum(price) AS revenue, avg(price) AS mean_price, min(price) AS cheapest,
             count(*) FILTER (WHERE i > 0) AS positive, sum(d) FILTER (WHERE i > 0) AS positive_d,
             max(d) - min(d) AS spread, sum(i) / count(*) AS ratio, round(avg(d), 1) AS rounded
      FROM rows GROUP BY device, window(t, '1 minute')
      """;

  private final SparkSession spark = LocalSpark.session();
  private final Random random = new Random(31);

  @Test
  void givesWhatGroupByGivesForOneBatch() {
    // given
    view(rows(400));

    // when
    var aggregate = BatchSql.window(spark, EVERYTHING);

    // then
    assertThat(aggregate.groups()).containsExactly("device", "minute");
    assertThat(rounded(aggregate.rows().drop(WindowAggregate.STATE)))
        .isEqualTo(rounded(spark.sql(EVERYTHING)));
  }

  @Test
  void keepsTheTypesOfGroupBy() {
    // given
    view(rows(5));

    // when
    var columns = BatchSql.window(spark, EVERYTHING).rows().drop(WindowAggregate.STATE).schema();

    // then
    assertThat(columns.asNullable()).isEqualTo(spark.sql(EVERYTHING).schema().asNullable());
  }

  @Test
  void mergesAnyBatchesIntoWhatGroupByGivesForAllRows() {
    // given
    List<Row> all = rows(600);
    view(List.of());
    Dataset<Row> table = BatchSql.window(spark, EVERYTHING).rows();
    StructType schema = table.schema();
    List<Row> stored = List.of();

    // when
    int at = 0;
    while (at < all.size()) {
      int end = Math.min(all.size(), at + random.nextInt(1, 200));
      view(all.subList(at, end));
      var aggregate = BatchSql.window(spark, EVERYTHING);
      var merged = aggregate.mergedWith(aggregate.partial(), LocalSpark.rows(schema, stored));
      assertThat(merged.schema().asNullable()).isEqualTo(schema.asNullable());
      stored = upsert(stored, merged.collectAsList());
      at = end;
    }

    // then
    view(all);
    assertThat(rounded(LocalSpark.rows(schema, stored).drop(WindowAggregate.STATE)))
        .isEqualTo(rounded(spark.sql(EVERYTHING)));
  }

  @Test
  void countsTheRowsOfAGroupWhateverTheUserAskedFor() {
    // given
    view(List.of(row("a", 0, null), row("a", 0, 1), row(null, 0, 2)));

    // when
    var partial =
        BatchSql.window(spark, "SELECT device, max(i) AS m FROM rows GROUP BY device").partial();

    // then
    assertThat(LocalSpark.sorted(partial.selectExpr("device", "_state.rows")))
        .containsExactly("[a,2]", "[null,1]");
  }

  @Test
  void givesOnlyTheGroupsThatTheBatchTouches() {
    // given
    var sql = "SELECT device, count(*) AS n FROM rows GROUP BY device";
    view(List.of(row("a", 0, 1), row("b", 0, 1)));
    var table =
        LocalSpark.rows(
            BatchSql.window(spark, sql).rows().schema(),
            BatchSql.window(spark, sql).rows().collectAsList());
    view(List.of(row("b", 0, 1), row("c", 0, 1)));
    var aggregate = BatchSql.window(spark, sql);

    // when
    var merged = aggregate.mergedWith(aggregate.partial(), table);

    // then
    assertThat(LocalSpark.sorted(merged.select("device", "n"))).containsExactly("[b,2]", "[c,1]");
  }

  @Test
  void treatsANullGroupAsAGroup() {
    // given
    var sql = "SELECT device, sum(i) AS n FROM rows GROUP BY device";
    view(List.of(row(null, 0, 1)));
    var table =
        LocalSpark.rows(
            BatchSql.window(spark, sql).rows().schema(),
            BatchSql.window(spark, sql).rows().collectAsList());
    view(List.of(row(null, 0, 4)));
    var aggregate = BatchSql.window(spark, sql);

    // when
    var merged = aggregate.mergedWith(aggregate.partial(), table);

    // then
    assertThat(LocalSpark.sorted(merged.select("device", "n"))).containsExactly("[null,5]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rows", "n_count", "old_rows", "_state_rows", "odd `name.x"})
  void doesNotMindGroupsThatAreCalledLikePartialValues(String name) {
    // given
    view(List.of(row("a", 0, 1), row("a", 0, 2), row("b", 0, 3)));
    var quoted = "`" + name.replace("`", "``") + "`";
    var sql = "SELECT device AS " + quoted + ", count(i) AS n FROM rows GROUP BY device";
    var aggregate = BatchSql.window(spark, sql);
    var table = LocalSpark.rows(aggregate.rows().schema(), aggregate.rows().collectAsList());

    // when
    var merged = aggregate.mergedWith(aggregate.partial(), table);

    // then
    assertThat(LocalSpark.sorted(merged.select(quoted, "n"))).containsExactly("[a,4]", "[b,2]");
  }

  /** Replaces rows of the same group, as MERGE does. */
  private static List<Row> upsert(List<Row> stored, List<Row> merged) {
    List<Row> result = new ArrayList<>(merged);
    for (Row old : stored) {
      boolean replaced =
          merged.stream()
              .anyMatch(
                  row ->
                      java.util.Objects.equals(row.get(0), old.get(0))
                          && row.get(1).equals(old.get(1)));
      if (!replaced) {
        result.add(old);
      }
    }
    return result;
  }

  private void view(List<Row> rows) {
    LocalSpark.rows(SCHEMA, rows).createOrReplaceTempView("rows");
  }

  private List<Row> rows(int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          RowFactory.create(
              random.nextInt(10) == 0 ? null : "d" + random.nextInt(4),
              Timestamp.from(
                  Instant.parse("2026-01-31T12:00:00Z").plusSeconds(random.nextInt(300))),
              random.nextInt(3) == 0 ? null : random.nextInt(-50, 50),
              random.nextInt(3) == 0 ? null : random.nextLong() / 1_000_000,
              random.nextInt(3) == 0 ? null : random.nextInt(-1000, 1000) / 8.0,
              random.nextInt(3) == 0 ? null : BigDecimal.valueOf(random.nextInt(1_000_000), 2),
              random.nextInt(3) == 0 ? null : "s" + random.nextInt(100)));
    }
    return rows;
  }

  private static Row row(String device, int second, Integer i) {
    return RowFactory.create(
        device,
        Timestamp.from(Instant.parse("2026-01-31T12:00:00Z").plusSeconds(second)),
        i,
        null,
        null,
        null,
        null);
  }

  /** Doubles to ten digits: sums in another order differ in the last ones. */
  private static List<String> rounded(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row -> {
              List<String> values = new ArrayList<>();
              for (int i = 0; i < row.length(); i++) {
                Object value = row.get(i);
                values.add(
                    value instanceof Double number
                        ? String.format("%.10g", number + 0.0)
                        : String.valueOf(value));
              }
              return values.toString();
            })
        .sorted()
        .toList();
  }
}
