/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import io.icestream.producers.record.OutgoingRecord;
import java.util.Iterator;

/**
 * Readings of a fleet of sensors: JSON objects of 12 fields and about 290 bytes, keyed by device.
 * Each comes from a random device of the fleet.
 *
 * <p>Fields: event_id, device_id, event_time (ISO-8601, UTC, milliseconds), sequence (per device),
 * temperature (°C; -20 to 60 unless out of range, then 400 to 900 or below -100), humidity (%),
 * pressure (hPa), vibration (g), battery (%), rssi (dBm), status (ok, warn, maintenance), firmware.
 * A late reading is 1 to 6 hours old. Malformed ones are cut short, no JSON at all, of the wrong
 * type in temperature, followed by garbage, or empty objects.
 */
public final class IotSensors implements Iterator<OutgoingRecord> {

  private final EventStream events;

  public IotSensors(Simulation simulation, Fleet fleet) {
    this.events = new EventStream(simulation, new ReadingWriter(simulation, fleet));
  }

  @Override
  public boolean hasNext() {
    return events.hasNext();
  }

  /**
   * @throws java.util.NoSuchElementException after the last record
   */
  @Override
  public OutgoingRecord next() {
    return events.next();
  }
}
