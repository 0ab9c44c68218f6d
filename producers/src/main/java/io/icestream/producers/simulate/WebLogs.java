/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import io.icestream.producers.record.OutgoingRecord;
import java.util.Iterator;

/**
 * Lines of a web server's access log in the Apache combined format, without key. Few paths get most
 * of the requests, some sizes are {@code -}, some user agents hold escaped quotes.
 *
 * <p>A late line is 1 to 6 hours old; one out of range has status 999 or 000. Malformed ones are
 * cut off before the status, binary, JSON, or have an impossible date.
 */
public final class WebLogs implements Iterator<OutgoingRecord> {

  private final EventStream events;

  public WebLogs(Simulation simulation) {
    this.events = new EventStream(simulation, new LogLineWriter(simulation));
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
