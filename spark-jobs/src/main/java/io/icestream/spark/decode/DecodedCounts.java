/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.spark.kept.RowCounter;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What a batch holds.
 *
 * @param records Kafka records that the rows come from
 * @param read rows, good and bad
 * @param rejected rows that could not be decoded
 * @param late rows behind the watermark
 * @param newestEventTimes by Kafka partition, in microseconds since 1970, of the rows that go on
 */
public record DecodedCounts(
    long records, long read, long rejected, long late, Map<Integer, Long> newestEventTimes)
    implements Serializable {
  static final DecodedCounts NONE = new DecodedCounts(0, 0, 0, 0, Map.of());

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
        records + other.records,
        read + other.read,
        rejected + other.rejected,
        late + other.late,
        newest);
  }

  /** Counts the rows of one task. */
  static final class Counter implements RowCounter<DecodedCounts> {
    private static final int SOURCE_FIELDS = DecodedColumns.SOURCE_TYPE.length();

    private final int source;
    private final int eventTime;
    private final Map<Integer, Long> newest = new HashMap<>();
    private long records;
    private long read;
    private long rejected;
    private long late;
    private int lastPartition = -1;
    private long lastOffset = -1;

    /**
     * @param source ordinal of {@link DecodedColumns#SOURCE}; stage and reason follow it
     * @param eventTime ordinal of the event time; negative if there is none
     */
    Counter(int source, int eventTime) {
      this.source = source;
      this.eventTime = eventTime;
    }

    @Override
    public boolean count(InternalRow row) {
      InternalRow position = row.getStruct(source, SOURCE_FIELDS);
      read++;
      if (position.getInt(1) != lastPartition || position.getLong(2) != lastOffset) {
        records++;
        lastPartition = position.getInt(1);
        lastOffset = position.getLong(2);
      }
      if (row.isNullAt(source + 1)) {
        if (eventTime >= 0 && !row.isNullAt(eventTime)) {
          long time = Math.min(row.getLong(eventTime), position.getLong(3));
          newest.merge(position.getInt(1), time, Math::max);
        }
      } else if (row.getUTF8String(source + 1).equals(Decoding.LATE)) {
        late++;
      } else {
        rejected++;
      }
      return true;
    }

    @Override
    public DecodedCounts counts() {
      return new DecodedCounts(records, read, rejected, late, newest);
    }
  }
}
