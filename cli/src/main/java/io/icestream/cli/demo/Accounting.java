/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Compares a producer's ledger with the tables, position by position. */
public final class Accounting {
  private static final String LEDGER_COLUMNS =
      "topic string, partition int, offset bigint, key string, sha256 string, class string";

  private final SparkSession spark;

  /**
   * @param spark has the tables in its default catalog
   */
  public Accounting(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Accounts for a pipeline.
   *
   * @param pipeline the pipeline
   * @param ledger the producer's ledger of everything that the topic holds
   */
  public PipelineAccount of(DemoPipeline pipeline, Path ledger) {
    spark
        .read()
        .schema(LEDGER_COLUMNS)
        .option("sep", "\t")
        .option("header", "true")
        .csv(ledger.toUri().toString())
        .filter("offset >= 0")
        .createOrReplaceTempView("sent");
    places(pipeline).createOrReplaceTempView("places");
    Row totals =
        spark
            .sql(
                """
                SELECT count(DISTINCT sent.partition, sent.offset) AS produced,
                       count(places.place) AS rows,
                       count_if(places.place = 'quarantined') AS quarantined,
                       count_if(places.place = 'late') AS late,
                       count_if(places.place IS NULL) AS lost,
                       count(places.place)
                         - count(DISTINCT IF(places.place IS NULL, NULL, sent.partition),
                                 sent.offset) AS duplicated,
                       count_if(places.sha256 <> sent.sha256) AS altered
                FROM sent FULL OUTER JOIN places
                  ON sent.partition = places.partition AND sent.offset = places.offset
                """)
            .head();
    Map<String, Long> written = new LinkedHashMap<>();
    written.put(pipeline.rows(), count(pipeline.rows()));
    written.put(pipeline.groups(), count(pipeline.groups()));
    return new PipelineAccount(
        pipeline,
        totals.getLong(0),
        totals.getLong(1),
        written,
        aggregated(pipeline),
        totals.getLong(2),
        totals.getLong(3),
        totals.getLong(4),
        totals.getLong(5),
        totals.getLong(6),
        outcomes());
  }

  /** Each row that has a Kafka position, with the place where it is. */
  private Dataset<Row> places(DemoPipeline pipeline) {
    return spark.sql(
        "SELECT kafka_partition AS partition, kafka_offset AS offset, 'table' AS place,"
            + " CAST(NULL AS STRING) AS sha256, 'accepted' AS outcome FROM "
            + pipeline.rows()
            + " UNION ALL SELECT partition, offset, IF(stage = 'late', 'late', 'quarantined'),"
            + " sha2(payload, 256), reason FROM "
            + pipeline.quarantine());
  }

  private long count(String table) {
    return spark.table(table).count();
  }

  private long aggregated(DemoPipeline pipeline) {
    return spark
        .sql("SELECT coalesce(sum(" + pipeline.counted() + "), 0) FROM " + pipeline.groups())
        .head()
        .getLong(0);
  }

  private Map<String, Map<String, Long>> outcomes() {
    Map<String, Map<String, Long>> outcomes = new TreeMap<>();
    spark
        .sql(
            """
            SELECT sent.class, coalesce(places.outcome, 'lost') AS outcome, count(*) AS events
            FROM sent LEFT JOIN places
              ON sent.partition = places.partition AND sent.offset = places.offset
            GROUP BY 1, 2
            """)
        .collectAsList()
        .forEach(
            row ->
                outcomes
                    .computeIfAbsent(row.getString(0), name -> new TreeMap<>())
                    .put(row.getString(1), row.getLong(2)));
    return outcomes;
  }
}
