/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import io.icestream.producers.json.BadJsonException;
import io.icestream.producers.json.JsonRecords;

/** JSON objects with the bytes that they were sent with. */
final class JsonFormat implements RecordFormat {

  @Override
  public byte[] ofJson(byte[] record) throws UnfitRecordException {
    try {
      JsonRecords.requireObject(record);
      return record;
    } catch (BadJsonException e) {
      throw new UnfitRecordException(e.getMessage(), e);
    }
  }

  @Override
  public byte[] ofBytes(byte[] record) throws UnfitRecordException {
    throw new UnfitRecordException("The topic takes JSON: send it as application/json");
  }
}
