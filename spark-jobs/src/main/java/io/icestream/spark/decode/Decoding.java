/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.source.RawRecord;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Decodes the raw records of one task: each document becomes exactly one row, good or rejected, and
 * each record has one document or more. The rows of a Kafka partition come in the order of their
 * offsets and lines, which is what lateness is told by. A row is only good until the next one is
 * taken.
 */
final class Decoding implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final UTF8String DECODE = UTF8String.fromString("decode");
  static final UTF8String LATE = UTF8String.fromString("late");

  private final StructType columns;
  private final RecordDecoder decoder;
  private final boolean lines;
  private final int eventTime;
  private final long allowedLateness;
  private final EventTimes before;
  private final DriftLog drift;
  private final boolean sourceOfAll;

  /**
   * @param source what is decoded
   * @param before newest event times at the batch's start
   * @param drift where to note what the columns have no place for
   * @param sourceOfAll whether rows that go on have {@link DecodedColumns#SOURCE}, too
   */
  Decoding(SourcePlan source, EventTimes before, DriftLog drift, boolean sourceOfAll) {
    this.columns = source.schema();
    this.decoder = Formats.decoder(source);
    this.lines = source.hasLines();
    this.eventTime = source.eventTime().map(columns::fieldIndex).orElse(-1);
    this.allowedLateness =
        source.watermark().map(TimeUnit.MICROSECONDS::convert).orElse(Long.MAX_VALUE);
    this.before = before;
    this.drift = drift;
    this.sourceOfAll = sourceOfAll;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> records) {
    Map<Integer, Long> newest = new HashMap<>(before.newest());
    InternalRow row = new SpecificInternalRow(DecodedColumns.whileDecoded(columns));
    decoder.report(drift);
    return new Iterator<>() {
      private InternalRow record;
      private Iterator<Document> documents = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        return documents.hasNext() || records.hasNext();
      }

      @Override
      public InternalRow next() {
        if (!documents.hasNext()) {
          record = records.next();
          documents = documents(record);
        }
        Document document = documents.next();
        clear(row);
        place(record, document, row);
        decode(record, document, row, newest);
        if (sourceOfAll || !row.isNullAt(columns.length() + 1)) {
          row.update(columns.length(), source(record, document));
        }
        return row;
      }
    };
  }

  private Iterator<Document> documents(InternalRow record) {
    byte[] value = record.isNullAt(RawRecord.VALUE) ? null : record.getBinary(RawRecord.VALUE);
    if (record.numFields() > RawRecord.LINE) {
      boolean whole = record.isNullAt(RawRecord.LINE);
      return Collections.singleton(
              whole ? Document.whole(value) : new Document(record.getInt(RawRecord.LINE), value))
          .iterator();
    }
    return (lines ? Document.lines(value) : Collections.singleton(Document.whole(value)))
        .iterator();
  }

  private void decode(
      InternalRow record, Document document, InternalRow row, Map<Integer, Long> newest) {
    drift.at(record.getInt(RawRecord.PARTITION), record.getLong(RawRecord.OFFSET));
    try {
      if (document.payload() == null) {
        decoder.decodeTombstone(row);
        return;
      }
      decoder.decode(document.payload(), row);
      if (eventTime >= 0) {
        placeInTime(record, row, newest);
      }
    } catch (LateRow late) {
      explain(row, LATE, late); // and keeps its values, which there may be a table for
    } catch (Rejection rejection) {
      reject(row, rejection);
    }
  }

  private void placeInTime(InternalRow record, InternalRow row, Map<Integer, Long> newest)
      throws Rejection {
    if (row.isNullAt(eventTime)) {
      String column = columns.fields()[eventTime].name();
      throw new Rejection("missing_event_time", column + ": is the event's time and null");
    }
    long time = row.getLong(eventTime);
    int partition = record.getInt(RawRecord.PARTITION);
    Long latest = newest.get(partition);
    if (latest != null && latest - time > allowedLateness) {
      throw new LateRow((latest - time) / 1_000_000);
    }
    // A clock that runs ahead must not make everybody else late
    long bounded = Math.min(time, record.getLong(RawRecord.TIMESTAMP));
    if (latest == null || bounded > latest) {
      newest.put(partition, bounded);
    }
  }

  private void place(InternalRow record, Document document, InternalRow row) {
    int source = columns.length();
    row.update(source + 4, record.getUTF8String(RawRecord.TOPIC));
    row.setInt(source + 5, record.getInt(RawRecord.PARTITION));
    row.setLong(source + 6, record.getLong(RawRecord.OFFSET));
    row.setLong(source + 7, record.getLong(RawRecord.TIMESTAMP));
    if (document.line() != Document.UNDIVIDED) {
      row.setInt(source + 8, document.line());
    }
  }

  private static InternalRow source(InternalRow record, Document document) {
    Object[] values = {
      record.getUTF8String(RawRecord.TOPIC),
      record.getInt(RawRecord.PARTITION),
      record.getLong(RawRecord.OFFSET),
      record.getLong(RawRecord.TIMESTAMP),
      record.isNullAt(RawRecord.KEY) ? null : record.getBinary(RawRecord.KEY),
      record.isNullAt(RawRecord.HEADERS) ? null : record.getArray(RawRecord.HEADERS),
      document.payload(),
      document.line() == Document.UNDIVIDED ? null : document.line()
    };
    return new GenericInternalRow(values);
  }

  private void reject(InternalRow row, Rejection rejection) {
    for (int i = 0; i < columns.length(); i++) {
      row.setNullAt(i);
    }
    explain(row, DECODE, rejection);
  }

  private void explain(InternalRow row, UTF8String stage, Rejection rejection) {
    row.update(columns.length() + 1, stage);
    row.update(columns.length() + 2, UTF8String.fromString(rejection.reason()));
    row.update(columns.length() + 3, UTF8String.fromString(rejection.getMessage()));
  }

  private static void clear(InternalRow row) {
    for (int i = 0; i < row.numFields(); i++) {
      row.setNullAt(i);
    }
  }

  /** The row is behind the watermark. */
  private static final class LateRow extends Rejection {
    LateRow(long secondsBehind) {
      super("late", "The event is " + secondsBehind + " s behind the newest of its partition");
    }
  }
}
