/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import io.icestream.spark.commit.Ledger;

/**
 * What has become of a batch's rows up to a point on their way. Pure.
 *
 * @param read rows read from Kafka
 * @param passed rows that got here
 * @param filtered rows that SQL or an expectation left out
 * @param quarantined rows that were rejected
 * @param late rows behind the watermark
 */
public record Tally(long read, long passed, long filtered, long quarantined, long late) {

  /**
   * Behind a row step.
   *
   * @param given rows that the step's SQL gave
   * @param accepted rows of them that go on
   * @param rejected rows of them to be quarantined; the others were dropped
   */
  public Tally after(long given, long accepted, long rejected) {
    long dropped = given - accepted - rejected;
    return new Tally(
        read, accepted, filtered + (passed - given) + dropped, quarantined + rejected, late);
  }

  /** Of the late rows alone. Behind the source. */
  public Tally ofLate() {
    return new Tally(read, late, filtered + passed, quarantined, 0);
  }

  /**
   * The ledger of a sink that takes its rows here.
   *
   * @param offsets offsets that the batch spans
   * @param written rows added to the table
   * @param updated rows merged into the table
   */
  public Ledger ledger(long offsets, long written, long updated) {
    return ledger(offsets, written, updated, 0);
  }

  /**
   * The ledger of a sink that takes its rows here, and not all of them.
   *
   * @param offsets offsets that the batch spans
   * @param written rows added to the table
   * @param updated rows merged into the table
   * @param deduplicated rows that were no news: newer ones are there, or the same
   */
  public Ledger ledger(long offsets, long written, long updated, long deduplicated) {
    return new Ledger(offsets, read, written, updated, filtered, deduplicated, quarantined, late);
  }
}
