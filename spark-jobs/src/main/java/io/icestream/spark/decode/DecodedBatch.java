/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.icestream.spark.kept.KeptRows;
import io.icestream.spark.kept.RowTap;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.schema.SchemaDrift;
import io.icestream.spark.source.RawRecords;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A batch, decoded once and kept until it is closed, so that each sink reads it without Kafka.
 * Counts are taken from the rows that are kept.
 */
public final class DecodedBatch implements AutoCloseable {
  private static final Column IS_LATE =
      col(DecodedColumns.STAGE).eqNullSafe(Decoding.LATE.toString());

  private final KeptRows<?> kept;
  private final Dataset<Row> rows;
  private final DecodedCounts counts;
  private final EventTimes eventTimes;
  private final SchemaDrift drift;

  private DecodedBatch(
      KeptRows<?> kept, DecodedCounts counts, EventTimes eventTimes, SchemaDrift drift) {
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
    DriftLog log = drift(records, source);
    int position = source.schema().length();
    int eventTime = eventTime(source);
    long since = now();
    KeptRows<DecodedCounts> kept =
        keep(
            records,
            new Decoding(source, before, log, true),
            source,
            () -> new DecodedCounts.Counter(position, eventTime, since));
    return of(kept, kept.counts(), before, log);
  }

  /**
   * Decodes a batch, and keeps only the rows that do not go on.
   *
   * @param records raw records
   * @param source how to decode them
   * @param before newest event times at the batch's start
   * @param tap takes the rows that go on, in the tasks; a row has the columns of the format, and
   *     its position where {@link DecodedColumns#atHand} says
   * @param taken is told what has become of these, by task
   * @return the batch, which has no {@link #accepted} rows but their number
   */
  public static <T extends Serializable> DecodedBatch tapped(
      RawRecords records,
      SourcePlan source,
      EventTimes before,
      RowTap.Opening<T> tap,
      Consumer<List<T>> taken) {
    DriftLog log = drift(records, source);
    int position = source.schema().length();
    int eventTime = eventTime(source);
    long since = now();
    KeptRows<TappedCounter.Counts<T>> kept =
        keep(
            records,
            new Decoding(source, before, log, false),
            source,
            () ->
                new TappedCounter<>(
                    new DecodedCounts.Counter(position, eventTime, since),
                    position + 1,
                    tap.open()));
    List<TappedCounter.Counts<T>> counts = kept.counts();
    taken.accept(counts.stream().map(TappedCounter.Counts::tapped).toList());
    return of(kept, counts.stream().map(TappedCounter.Counts::decoded).toList(), before, log);
  }

  private static <C extends Serializable> KeptRows<C> keep(
      RawRecords records, Decoding decoding, SourcePlan source, KeptRows.Counting<C> counting) {
    // Rejected rows have no values, so no column can be promised to have one
    return KeptRows.of(
        records.session(),
        records.rows().mapPartitions(decoding),
        DecodedColumns.after(source.schema()).asNullable(),
        counting);
  }

  private static DecodedBatch of(
      KeptRows<?> kept, List<DecodedCounts> tasks, EventTimes before, DriftLog log) {
    DecodedCounts counts = tasks.stream().reduce(DecodedCounts.NONE, DecodedCounts::and);
    return new DecodedBatch(kept, counts, before.and(counts.newestEventTimes()), log.value());
  }

  private static DriftLog drift(RawRecords records, SourcePlan source) {
    DriftLog log = new DriftLog();
    records.session().sparkContext().register(log, "drift of " + source.name());
    return log;
  }

  /** One clock for the tasks of all machines, in microseconds since 1970. */
  private static long now() {
    return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
  }

  private static int eventTime(SourcePlan source) {
    return source.eventTime().map(source.schema()::fieldIndex).orElse(-1);
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
