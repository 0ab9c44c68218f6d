/* SPDX-License-Identifier: MIT */
package io.icestream.cli.cost;

import java.util.Objects;

/**
 * A line of the bill.
 *
 * @param of a pipeline, or what all of them share
 * @param what is paid for
 * @param amount how many units of the price a month
 * @param price of one
 */
public record CostLine(String of, String what, double amount, Price price) {
  public CostLine {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(price, "price");
  }

  /** In dollars a month. */
  public double dollars() {
    return amount * price.dollars();
  }
}
