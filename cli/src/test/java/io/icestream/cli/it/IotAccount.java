/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import java.nio.file.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compares the tables of {@code iot-telemetry} with the producer's ledger, and with each other.
 *
 * @param spark has the tables
 */
record IotAccount(SparkSession spark) {

  private static final String LEDGER_COLUMNS =
      "topic STRING, partition INT, offset BIGINT, key STRING, sha256 STRING, class STRING";

  /** Only a quarantined record has its bytes in a table, so only there it has a digest. */
  private static final String POSITIONS =
      """
      WITH found AS (
        SELECT kafka_partition AS partition, kafka_offset AS offset, NULL AS sha256
        FROM iot.readings
        UNION ALL SELECT partition, offset, sha2(payload, 256) FROM iot.quarantine),
      placed AS (
        SELECT partition, offset, count(*) AS times, max(sha256) AS sha256
        FROM found GROUP BY partition, offset)
      SELECT count(l.offset) AS acknowledged,
             count_if(p.offset IS NULL) AS lost,
             count_if(p.times > 1) AS repeated,
             count_if(l.offset IS NULL) AS unknown,
             count_if(p.sha256 <> l.sha256) AS altered,
             count_if(l.class IN ('good', 'duplicate') AND p.sha256 IS NOT NULL
                      OR l.class IN ('malformed', 'out_of_range') AND p.sha256 IS NULL) AS misplaced
      FROM (SELECT * FROM ledger WHERE offset >= 0) l
      FULL OUTER JOIN placed p ON l.partition = p.partition AND l.offset = p.offset
      """;

  private static final String AGGREGATES =
      """
      WITH recount AS (
        SELECT device_id, date_trunc('MINUTE', event_time) AS minute, count(*) AS n,
               min(temperature) AS low, max(temperature) AS high, avg(temperature) AS mean
        FROM iot.readings GROUP BY device_id, date_trunc('MINUTE', event_time))
      SELECT coalesce(sum(r.n), 0) AS rows,
             coalesce(sum(s.n), 0) AS counted,
             count_if(NOT (s.n <=> r.n AND s.low <=> r.low AND s.high <=> r.high)
                      OR abs(s.mean - r.mean) > 1e-9) AS different
      FROM recount r
      FULL OUTER JOIN iot.minute_stats s ON r.device_id = s.device_id AND r.minute = s.minute
      """;

  /**
   * What has become of the positions in Kafka.
   *
   * @param acknowledged positions that Kafka has acknowledged
   * @param lost of these, in no table
   * @param repeated in the tables more than once
   * @param unknown in a table and never acknowledged
   * @param altered in quarantine with other bytes than were sent
   * @param misplaced good ones in quarantine, or bad ones elsewhere; late ones may be in both
   */
  record Positions(
      long acknowledged, long lost, long repeated, long unknown, long altered, long misplaced) {

    static Positions allOnce(long acknowledged) {
      return new Positions(acknowledged, 0, 0, 0, 0, 0);
    }
  }

  /**
   * How the aggregates compare with the rows that they are made of.
   *
   * @param rows how many rows there are
   * @param counted how many the aggregates have counted
   * @param different groups with another value in a recount
   */
  record Aggregates(long rows, long counted, long different) {}

  Positions positions(Path ledger) {
    spark
        .read()
        .option("sep", "\t")
        .option("header", true)
        .schema(LEDGER_COLUMNS)
        .csv(ledger.toUri().toString())
        .createOrReplaceTempView("ledger");
    Row row = spark.sql(POSITIONS).first();
    return new Positions(
        row.getLong(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5));
  }

  Aggregates aggregates() {
    Row row = spark.sql(AGGREGATES).first();
    return new Aggregates(row.getLong(0), row.getLong(1), row.getLong(2));
  }
}
