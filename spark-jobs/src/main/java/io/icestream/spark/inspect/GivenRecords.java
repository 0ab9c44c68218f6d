/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.spark.source.RawRecord;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Payloads as Spark's Kafka source would give them: partition 0, offsets from 0. */
final class GivenRecords {

  /**
   * When all of them arrived. After any event, since an event counts as no later than its arrival;
   * and fixed, since a test gives the same today and tomorrow.
   */
  static final Instant ARRIVAL = Instant.parse("2100-01-01T00:00:00Z");

  private GivenRecords() {}

  /**
   * Makes records, in one task so that their order is kept.
   *
   * @param spark the session
   * @param topic the topic that they say they come from
   * @param payloads their values in the order of their offsets
   */
  static Dataset<Row> of(SparkSession spark, String topic, List<byte[]> payloads) {
    List<Row> records = new ArrayList<>();
    for (byte[] payload : payloads) {
      long offset = records.size();
      records.add(
          RowFactory.create(null, payload, topic, 0, offset, Timestamp.from(ARRIVAL), 0, null));
    }
    return spark.createDataFrame(records, RawRecord.COLUMNS).coalesce(1);
  }
}
