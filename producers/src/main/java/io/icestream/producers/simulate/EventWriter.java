/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import io.icestream.producers.record.OutgoingRecord;

/**
 * Turns an index and an event time into the bytes of one kind of event. The class of the records it
 * returns is up to the caller.
 */
interface EventWriter {

  /** An event that is fine in every respect. */
  OutgoingRecord valid(long index, long eventMillis);

  /** An event of the right shape with a value outside its range. */
  OutgoingRecord outOfRange(long index, long eventMillis);

  /** Bytes that cannot be decoded to the shape of the event. */
  OutgoingRecord malformed(long index, long eventMillis);
}
