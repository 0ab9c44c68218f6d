/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What becomes one row: a record's value, or a line of it.
 *
 * @param line the line's number, from 0; {@link #UNDIVIDED} if this is the record as a whole
 * @param payload its bytes, without the line break; null if the record has no value
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record Document(int line, byte[] payload) {
  static final int UNDIVIDED = -1;

  static Document whole(byte[] payload) {
    return new Document(UNDIVIDED, payload);
  }

  /**
   * The lines of a value, blank ones left out. Lines end with LF or CRLF; the last one need not.
   * Numbers count every line, so that they agree with what an editor shows.
   *
   * @param payload the value; null if the record has none
   * @return one document or more: a value without any is given as a whole, for its decoder to
   *     reject
   */
  static List<Document> lines(byte[] payload) {
    if (payload == null) {
      return List.of(whole(null));
    }
    List<Document> lines = new ArrayList<>();
    int number = 0;
    int from = 0;
    while (from < payload.length) {
      int end = from;
      while (end < payload.length && payload[end] != '\n') {
        end++;
      }
      if (!isBlank(payload, from, end)) {
        int to = payload[end - 1] == '\r' ? end - 1 : end;
        lines.add(new Document(number, Arrays.copyOfRange(payload, from, to)));
      }
      number++;
      from = end + 1;
    }
    return lines.isEmpty() ? List.of(whole(payload)) : lines;
  }

  private static boolean isBlank(byte[] payload, int from, int to) {
    for (int i = from; i < to; i++) {
      if (payload[i] != ' ' && payload[i] != '\t' && payload[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
