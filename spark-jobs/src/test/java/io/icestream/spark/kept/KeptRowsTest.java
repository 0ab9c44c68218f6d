/* SPDX-License-Identifier: MIT */
package io.icestream.spark.kept;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.spark.LocalSpark;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;

class KeptRowsTest {
  private final SparkSession spark = LocalSpark.session();

  @Test
  void givesTheRowsBackInTheirOrderWhateverTheirSize() {
    // given: rows of nothing, of a word, of more than a first page, and of more than any page
    Dataset<Row> rows =
        spark
            .range(0, 400, 1, 2)
            .selectExpr(
                "id",
                "if(id % 3 = 0, NULL, repeat('x', CAST(pow(id % 50, 3) AS INT))) AS text",
                "array(id, NULL) AS items")
            .withColumn("text", expr("if(id = 77, repeat('y', 5000000), text)"));
    List<Row> expected = rows.collectAsList();

    // when
    try (KeptRows<Long> kept = KeptRows.of(rows)) {
      // then
      assertThat(kept.counts()).containsExactly(200L, 200L);
      assertThat(kept.rows().collectAsList()).isEqualTo(expected);
      assertThat(kept.rows().orderBy(expr("-id")).limit(3).select("id").collectAsList())
          .extracting(row -> row.getLong(0))
          .as("operators that hold rows see each of them")
          .containsExactly(399L, 398L, 397L);
    }
  }

  @Test
  void worksTheRowsOutOnce() {
    // given
    LongAccumulator evaluated = spark.sparkContext().longAccumulator("evaluated");
    Dataset<Row> rows =
        spark
            .range(0, 10, 1, 2)
            .map(
                (MapFunction<Long, Long>)
                    id -> {
                      evaluated.add(1);
                      return id;
                    },
                Encoders.LONG())
            .toDF("id");

    // when
    try (KeptRows<Long> kept = KeptRows.of(rows)) {
      kept.counts();
      kept.rows().count();
      kept.rows().filter("id > 3").collectAsList();
    }

    // then
    assertThat(evaluated.value()).isEqualTo(10);
  }

  @Test
  void keepsRowsThatAreNotFlatAndThatAreFilledAnew() {
    // given
    StructType columns =
        new StructType().add("n", DataTypes.IntegerType).add("s", DataTypes.StringType);
    var numbers =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(List.of(1, 2, 3), 1);
    JavaRDD<InternalRow> rows = numbers.mapPartitions(Refilled::new);

    // when
    try (KeptRows<Long> kept = KeptRows.of(spark, rows, columns, Largest::new)) {
      // then
      assertThat(kept.counts()).containsExactly(3L);
      assertThat(LocalSpark.sorted(kept.rows())).containsExactly("[1,s1]", "[2,s2]", "[3,s3]");
    }
  }

  private static final class Refilled implements Iterator<InternalRow> {
    private final Iterator<Integer> numbers;
    private final GenericInternalRow row = new GenericInternalRow(2);

    Refilled(Iterator<Integer> numbers) {
      this.numbers = numbers;
    }

    @Override
    public boolean hasNext() {
      return numbers.hasNext();
    }

    @Override
    public InternalRow next() {
      int n = numbers.next();
      row.update(0, n);
      row.update(1, UTF8String.fromString("s" + n));
      return row;
    }
  }

  private static final class Largest implements RowCounter<Long> {
    private long largest;

    @Override
    public boolean count(InternalRow row) {
      largest = Math.max(largest, row.getInt(0));
      return true;
    }

    @Override
    public Long counts() {
      return largest;
    }
  }
}
