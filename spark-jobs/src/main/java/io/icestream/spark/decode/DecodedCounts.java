/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a batch holds.
 *
 * @param read rows, good and bad
 * @param rejected rows that could not be decoded
 * @param late rows behind the watermark
 * @param newestEventTimes by Kafka partition, in microseconds since 1970, of the rows that go on
 */
public record DecodedCounts(
    long read, long rejected, long late, Map<Integer, Long> newestEventTimes)
    implements Serializable {
  static final DecodedCounts NONE = new DecodedCounts(0, 0, 0, Map.of());

  public DecodedCounts {
    newestEventTimes = new HashMap<>(newestEventTimes);
  }

  /** Rows that go on. */
  public long accepted() {
    return read - rejected - late;
  }

  DecodedCounts and(DecodedCounts other) {
    Map<Integer, Long> newest = new HashMap<>(newestEventTimes);
    other.newestEventTimes.forEach((p, t) -> newest.merge(p, t, Math::max));
    return new DecodedCounts(
        read + other.read, rejected + other.rejected, late + other.late, newest);
  }

  /** Counts the rows of one task. */
  static final class Counting implements FlatMapFunction<Iterator<InternalRow>, DecodedCounts> {
    private final int source;
    private final int eventTime;

    /**
     * @param source ordinal of {@link DecodedColumns#SOURCE}; stage and reason follow it
     * @param eventTime ordinal of the event time; negative if there is none
     */
    Counting(int source, int eventTime) {
      this.source = source;
      this.eventTime = eventTime;
    }

    @Override
    public Iterator<DecodedCounts> call(Iterator<InternalRow> rows) {
      long read = 0;
      long rejected = 0;
      long late = 0;
      Map<Integer, Long> newest = new HashMap<>();
      while (rows.hasNext()) {
        InternalRow row = rows.next();
        read++;
        if (row.isNullAt(source + 1)) {
          if (eventTime >= 0) {
            InternalRow position = row.getStruct(source, DecodedColumns.SOURCE_TYPE.length());
            long time = Math.min(row.getLong(eventTime), position.getLong(3));
            newest.merge(position.getInt(1), time, Math::max);
          }
        } else if (row.getUTF8String(source + 1).equals(Decoding.LATE)) {
          late++;
        } else {
          rejected++;
        }
      }
      return List.of(new DecodedCounts(read, rejected, late, newest)).iterator();
    }
  }
}
