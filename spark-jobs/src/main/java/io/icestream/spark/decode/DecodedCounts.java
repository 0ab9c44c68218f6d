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
 * @param ages how old the rows that go on are, by their event time, or by Kafka's without one
 */
public record DecodedCounts(
    long records,
    long read,
    long rejected,
    long late,
    Map<Integer, Long> newestEventTimes,
    EventAges ages)
    implements Serializable {
  static final DecodedCounts NONE = new DecodedCounts(0, 0, 0, 0, Map.of(), EventAges.NONE);

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
        newest,
        ages.and(other.ages));
  }

  /** Counts the rows of one task, while they are decoded. */
  static final class Counter implements RowCounter<DecodedCounts> {
    private final int stage;
    private final int partitionAt;
    private final int offsetAt;
    private final int timestampAt;
    private final int eventTime;
    private final Map<Integer, Long> newest = new HashMap<>();
    private final EventAges.Counter ages;
    private long records;
    private long read;
    private long rejected;
    private long late;
    private int lastPartition = -1;
    private long lastOffset = -1;

    /**
     * @param columns how many columns the format has
     * @param eventTime ordinal of the event time; negative if there is none
     * @param since the moment at which ages are counted, in microseconds since 1970
     */
    Counter(int columns, int eventTime, long since) {
      this.ages = new EventAges.Counter(since);
      this.stage = columns + 1;
      this.partitionAt = DecodedColumns.atHand(columns, "partition");
      this.offsetAt = DecodedColumns.atHand(columns, "offset");
      this.timestampAt = DecodedColumns.atHand(columns, "timestamp");
      this.eventTime = eventTime;
    }

    @Override
    public boolean count(InternalRow row) {
      int partition = row.getInt(partitionAt);
      long offset = row.getLong(offsetAt);
      read++;
      if (partition != lastPartition || offset != lastOffset) {
        records++;
        lastPartition = partition;
        lastOffset = offset;
      }
      if (row.isNullAt(stage)) {
        long time = row.getLong(timestampAt);
        if (eventTime >= 0 && !row.isNullAt(eventTime)) {
          time = Math.min(row.getLong(eventTime), time);
          newest.merge(partition, time, Math::max);
        }
        ages.add(time);
      } else if (row.getUTF8String(stage).equals(Decoding.LATE)) {
        late++;
      } else {
        rejected++;
      }
      return true;
    }

    @Override
    public DecodedCounts counts() {
      return new DecodedCounts(records, read, rejected, late, newest, ages.ages());
    }
  }
}
