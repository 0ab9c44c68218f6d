/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import io.icestream.producers.ProducerException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far an object is: written as {@code 1024}, or {@code 4096 done} at the end.
 *
 * @param position the first byte that is not sent yet, of the content without compression
 * @param done whether nothing follows
 */
record ObjectProgress(long position, boolean done) {

  static final ObjectProgress NONE = new ObjectProgress(0, false);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})( done)?");

  static ObjectProgress of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new ProducerException(
          "Progress of an object is '"
              + text
              + "': expected a number of bytes. Does something else write to the topic?");
    }
    return new ObjectProgress(Long.parseLong(parts.group(1)), parts.group(2) != null);
  }

  String text() {
    return position + (done ? " done" : "");
  }
}
