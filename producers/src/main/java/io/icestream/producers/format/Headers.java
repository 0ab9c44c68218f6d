/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import java.util.Arrays;
import java.util.HexFormat;

/** Holds what was sent against the header that the topic has. */
final class Headers {

  private Headers() {}

  static void require(byte[] header, byte[] record) throws UnfitRecordException {
    if (record.length < header.length
        || !Arrays.equals(header, 0, header.length, record, 0, header.length)) {
      byte[] found = Arrays.copyOf(record, Math.min(record.length, header.length));
      throw new UnfitRecordException(
          "The record begins with 0x"
              + HexFormat.of().formatHex(found)
              + ": the header of the topic's schema is 0x"
              + HexFormat.of().formatHex(header));
    }
  }
}
