/* SPDX-License-Identifier: MIT */
package io.icestream.spark.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.util.PropertyUtil;

/**
 * How much of a table's history is kept. Each commit writes and reads the whole list of snapshots,
 * so that a history without bounds makes all commits dearer.
 *
 * @param age of the oldest snapshot that is kept
 * @param least how many are kept however old they are
 * @param most how many are kept however young they are; at least {@code least}
 */
record Retention(Duration age, int least, int most) {
  /** The table property that bounds the number of snapshots; Iceberg has none for it. */
  static final String MOST = "history.expire.max-snapshots-to-keep";

  static final int DEFAULT_MOST = 500;

  /** So many more than the rule says are let be, since an expiry costs about as much for one. */
  private static final int SLACK = 20;

  /** What the properties of a table say; Iceberg's defaults are five days and one snapshot. */
  static Retention of(Map<String, String> properties) {
    int least =
        Math.max(
            1,
            PropertyUtil.propertyAsInt(
                properties,
                TableProperties.MIN_SNAPSHOTS_TO_KEEP,
                TableProperties.MIN_SNAPSHOTS_TO_KEEP_DEFAULT));
    long age =
        PropertyUtil.propertyAsLong(
            properties,
            TableProperties.MAX_SNAPSHOT_AGE_MS,
            TableProperties.MAX_SNAPSHOT_AGE_MS_DEFAULT);
    int most = PropertyUtil.propertyAsInt(properties, MOST, DEFAULT_MOST);
    return new Retention(Duration.ofMillis(age), least, Math.max(least, most));
  }

  /** How many snapshots of a history are kept. */
  int kept(List<Instant> history, Instant now) {
    Instant oldest = now.minus(age);
    long young = history.stream().filter(made -> !made.isBefore(oldest)).count();
    return (int) Math.max(least, Math.min(most, young));
  }

  /** Whether so many snapshots go that an expiry pays. */
  boolean isDue(List<Instant> history, Instant now) {
    int kept = kept(history, now);
    return history.size() - kept > Math.max(SLACK, kept / 5);
  }
}
