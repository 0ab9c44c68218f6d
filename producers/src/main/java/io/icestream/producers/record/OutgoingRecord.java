/* SPDX-License-Identifier: MIT */
package io.icestream.producers.record;

import java.util.Arrays;
import java.util.Objects;

/**
 * One record on its way to a topic. The arrays are shared, not copied, because millions of these
 * are made per second: nobody may change them. Equality is by content.
 *
 * @param key the Kafka key; null for none, then Kafka picks the partition
 * @param value the Kafka value; never null
 * @param recordClass what a pipeline is expected to do with it; never null
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingRecord(byte[] key, byte[] value, RecordClass recordClass) {

  public OutgoingRecord {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(recordClass, "recordClass");
  }

  /** The same bytes under another class. */
  public OutgoingRecord as(RecordClass other) {
    return new OutgoingRecord(key, value, other);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutgoingRecord that
        && recordClass == that.recordClass
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(key), Arrays.hashCode(value), recordClass);
  }

  /** Sizes and class only: the content of a record is not for logs. */
  @Override
  public String toString() {
    return "OutgoingRecord[key="
        + (key == null ? "none" : key.length + " bytes")
        + ", value="
        + value.length
        + " bytes, "
        + recordClass.label()
        + "]";
  }
}
