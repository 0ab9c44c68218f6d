/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import io.icestream.producers.record.OutgoingRecord;
import java.util.Iterator;

/**
 * The click stream of a web shop: JSON objects of 12 fields, keyed by user.
 *
 * <p>Fields: event_id, user_id, session_id, event_time (ISO-8601, UTC, milliseconds), page, action
 * (view, click, add_to_cart, purchase), referrer (null if unknown), amount (null except for
 * purchases, then the sum over the items, at least 0), currency, country, device (desktop, mobile,
 * tablet), items (objects of sku, quantity, price; empty for view and click). A late event is 1 to
 * 6 hours old; one out of range is a purchase with an amount below 0 or of a million and more.
 * Malformed ones are damaged like those of {@link IotSensors}, with the wrong type in amount.
 */
public final class Clicks implements Iterator<OutgoingRecord> {

  private final EventStream events;

  public Clicks(Simulation simulation) {
    this.events = new EventStream(simulation, new ClickWriter(simulation));
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
