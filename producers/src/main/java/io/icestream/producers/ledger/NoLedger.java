/* SPDX-License-Identifier: MIT */
package io.icestream.producers.ledger;

import io.icestream.producers.record.OutgoingRecord;

/** The ledger for those who want none. */
enum NoLedger implements ProductionLedger {
  INSTANCE;

  @Override
  public void add(String topic, int partition, long offset, OutgoingRecord record) {}

  @Override
  public void close() {}
}
