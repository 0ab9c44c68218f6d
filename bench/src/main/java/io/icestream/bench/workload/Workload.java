/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.simulate.Fleet;
import io.icestream.producers.simulate.IotSensors;
import io.icestream.producers.simulate.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The records that systems drain. The same seed and number give the same bytes. */
public enum Workload {
  IOT_JSON(Encoding.JSON, "12 fields, JSON"),
  IOT_AVRO(Encoding.AVRO, "12 fields, Avro"),
  WIDE_JSON(Encoding.JSON, "18 fields, JSON"),
  WIDE_AVRO(Encoding.AVRO, "18 fields, Avro");

  private static final Instant START = Instant.parse("2026-01-31T00:00:00Z");

  /** Up to 17 million records are of one day, as those of a stream mostly are. */
  private static final Duration STEP = Duration.ofMillis(5);

  private static final RowShape IOT =
      new RowShape(
          List.of(
              new Column("event_id", ColumnType.STRING, true),
              new Column("device_id", ColumnType.STRING, true),
              new Column("event_time", ColumnType.TIMESTAMP, true),
              new Column("sequence", ColumnType.LONG, true),
              new Column("temperature", ColumnType.DOUBLE, true),
              new Column("humidity", ColumnType.DOUBLE, false),
              new Column("pressure", ColumnType.DOUBLE, false),
              new Column("vibration", ColumnType.DOUBLE, false),
              new Column("battery", ColumnType.DOUBLE, false),
              new Column("rssi", ColumnType.INT, false),
              new Column("status", ColumnType.STRING, false),
              new Column("firmware", ColumnType.STRING, false)),
          "event_time");

  private final Encoding encoding;
  private final String title;

  Workload(Encoding encoding, String title) {
    this.encoding = encoding;
    this.title = title;
  }

  /** The workload with this label; empty if there is none. */
  public static Optional<Workload> of(String label) {
    return Arrays.stream(values()).filter(w -> w.label().equals(label)).findFirst();
  }

  /** Its name in options, topics and reports: {@code iot-json}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it is, for people. */
  public String title() {
    return title;
  }

  public Encoding encoding() {
    return encoding;
  }

  public RowShape shape() {
    return isWide() ? Orders.SHAPE : IOT;
  }

  /**
   * The records as JSON, whatever the encoding.
   *
   * @param rows how many, at least 1
   * @param seed chooses their content
   */
  Iterator<OutgoingRecord> json(long rows, long seed) {
    return isWide()
        ? new Orders(rows, seed, START, STEP)
        : new IotSensors(new Simulation(rows, seed, 0, START, STEP), Fleet.ofDefaultSize());
  }

  private boolean isWide() {
    return this == WIDE_JSON || this == WIDE_AVRO;
  }
}
