/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.icestream.spark.kept.KeptRows;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.schema.SchemaDrift;
import io.icestream.spark.source.RawRecords;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A batch, decoded once and kept until it is closed, so that each sink reads it without Kafka.
 * Counts are taken from the rows that are kept.
 */
public final class DecodedBatch implements AutoCloseable {
  private static final Column IS_LATE =
      col(DecodedColumns.STAGE).eqNullSafe(Decoding.LATE.toString());

  private final KeptRows<DecodedCounts> kept;
  private final Dataset<Row> rows;
  private final DecodedCounts counts;
  private final EventTimes eventTimes;
  private final SchemaDrift drift;

  private DecodedBatch(
      KeptRows<DecodedCounts> kept,
      DecodedCounts counts,
      EventTimes eventTimes,
      SchemaDrift drift) {
    this.kept = kept;
    this.rows = kept.rows();
    this.counts = counts;
    this.eventTimes = eventTimes;
    this.drift = drift;
  }

  /** Decodes the records of a dataset with the columns of Spark's Kafka source. */
  public static DecodedBatch of(Dataset<Row> records, SourcePlan source, EventTimes before) {
    return of(RawRecords.of(records), source, before);
  }

  /**
   * Decodes a batch.
   *
   * @param records raw records
   * @param source how to decode them
   * @param before newest event times at the batch's start
   */
  public static DecodedBatch of(RawRecords records, SourcePlan source, EventTimes before) {
    SparkSession spark = records.session();
    StructType schema = DecodedColumns.after(source.schema()).asNullable();
    DriftLog log = new DriftLog();
    spark.sparkContext().register(log, "drift of " + source.name());
    int position = source.schema().length();
    int eventTime = source.eventTime().map(schema::fieldIndex).orElse(-1);
    // Rejected rows have no values, so no column can be promised to have one
    KeptRows<DecodedCounts> kept =
        KeptRows.of(
            spark,
            records.rows().mapPartitions(new Decoding(source, before, log)),
            schema,
            () -> new DecodedCounts.Counter(position, eventTime));
    DecodedCounts counts = kept.counts().stream().reduce(DecodedCounts.NONE, DecodedCounts::and);
    return new DecodedBatch(kept, counts, before.and(counts.newestEventTimes()), log.value());
  }

  /** The rows that go on: the format's columns and {@link DecodedColumns#SOURCE}. */
  public Dataset<Row> accepted() {
    return decoded(col(DecodedColumns.STAGE).isNull());
  }

  /** The rows that are behind the watermark, in the same columns. */
  public Dataset<Row> late() {
    return decoded(IS_LATE);
  }

  private Dataset<Row> decoded(Column which) {
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      if (!List.of(DecodedColumns.STAGE, DecodedColumns.REASON, DecodedColumns.DETAIL)
          .contains(name)) {
        columns.add(col(name));
      }
    }
    return rows.filter(which).select(columns.toArray(Column[]::new));
  }

  /** The rows that do not go on, with stage, reason and detail. */
  public Dataset<Row> rejected() {
    return explained(col(DecodedColumns.STAGE).isNotNull());
  }

  /** The rows that do not go on although they are not late, with stage, reason and detail. */
  public Dataset<Row> rejectedInTime() {
    return explained(col(DecodedColumns.STAGE).isNotNull().and(not(IS_LATE)));
  }

  private Dataset<Row> explained(Column which) {
    return rows.filter(which)
        .select(
            DecodedColumns.SOURCE,
            DecodedColumns.STAGE,
            DecodedColumns.REASON,
            DecodedColumns.DETAIL);
  }

  public DecodedCounts counts() {
    return counts;
  }

  /** Newest event times at the batch's end. */
  public EventTimes eventTimes() {
    return eventTimes;
  }

  /** What the payloads had that the columns have no place for. */
  public SchemaDrift drift() {
    return drift;
  }

  /** Frees the rows. */
  @Override
  public void close() {
    kept.close();
  }
}
