/* SPDX-License-Identifier: MIT */
package io.icestream.cli.cost;

import java.util.Objects;

/**
 * What AWS asks for something.
 *
 * @param name as the table calls it, such as {@code msk.serverless.in}
 * @param dollars for one unit
 * @param unit of what
 * @param asOf the month in which the source was read, or {@code unconfirmed}
 * @param source the page
 */
public record Price(String name, double dollars, String unit, String asOf, String source) {
  public Price {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(source, "source");
  }
}
