/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import java.util.Objects;

/**
 * A fault that is going to happen.
 *
 * @param event what
 * @param point when
 * @param table the table that it happens to; of no meaning for points that have none
 * @param batch in which batch of the driver, counted from 1
 */
public record Fault(Event event, FaultPoint point, String table, int batch) {
  public Fault {
    Objects.requireNonNull(event, "event");
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(table, "table");
  }
}
