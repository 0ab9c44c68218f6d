/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A line of the combined log format that Apache's httpd and nginx share: {@code %h %l %u [%t] "%r"
 * %>s %b "%{Referer}i" "%{User-agent}i"} (mod_log_config). A dash is null. A request line that is
 * not three words, as broken clients send it, is kept whole as the target. A line that ends inside
 * the user agent, as loggers with a length limit cut it, is taken with the part that is there.
 */
final class CombinedLogDecoder implements RecordDecoder {
  static final StructType COLUMNS =
      new StructType()
          .add("remote_addr", DataTypes.StringType, false)
          .add("ident", DataTypes.StringType)
          .add("remote_user", DataTypes.StringType)
          .add("event_time", DataTypes.TimestampType, false)
          .add("method", DataTypes.StringType)
          .add("target", DataTypes.StringType)
          .add("protocol", DataTypes.StringType)
          .add("status", DataTypes.IntegerType, false)
          .add("bytes", DataTypes.LongType)
          .add("referrer", DataTypes.StringType)
          .add("user_agent", DataTypes.StringType);

  private final LogEscapes escapes;
  private transient byte[] line;
  private transient int at;

  CombinedLogDecoder(LogEscapes escapes) {
    this.escapes = escapes;
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    line = Utf8.withoutLineBreak(payload);
    at = 0;
    if (line.length == 0) {
      throw new Rejection("empty_payload", "The payload has no content");
    }
    Utf8.require(line, "malformed_log_line");
    requireOneLine();
    UTF8String remote = word("remote_addr");
    if (remote == null) {
      throw malformed("remote_addr: is a dash");
    }
    row.update(0, remote);
    row.update(1, word("ident"));
    row.update(2, word("remote_user"));
    row.update(3, time());
    request(quoted("request"), row);
    row.update(7, status(word("status")));
    row.update(8, bytes(word("bytes")));
    row.update(9, quoted("referrer"));
    row.update(10, agent());
    if (at < line.length) {
      throw malformed("there is text after the user agent");
    }
  }

  private void requireOneLine() throws Rejection {
    for (byte each : line) {
      if (each == '\n' || each == '\r') {
        throw malformed("there is more than one line");
      }
    }
  }

  private UTF8String word(String field) throws Rejection {
    int end = at;
    while (end < line.length && line[end] != ' ') {
      end++;
    }
    if (end == at) {
      throw malformed(field + ": is absent");
    }
    UTF8String word = orNull(at, end);
    at = Math.min(end + 1, line.length);
    return word;
  }

  private long time() throws Rejection {
    int end = at;
    while (end < line.length && line[end] != ']') {
      end++;
    }
    if (at >= line.length || line[at] != '[' || end == line.length) {
      throw malformed("event_time: is not in brackets");
    }
    String text = new String(line, at + 1, end - at - 1, ISO_8859_1);
    at = afterBlank(end + 1, "event_time");
    try {
      return Instants.apache(text);
    } catch (DateTimeException e) {
      throw malformed("event_time: '" + text + "' is not dd/Mon/yyyy:HH:mm:ss +zzzz");
    }
  }

  /** A quoted field that is not the last one, and the blank after it. */
  private UTF8String quoted(String field) throws Rejection {
    int end = closingQuote(field);
    if (end == line.length) {
      throw malformed(field + ": its quote is not closed");
    }
    UTF8String text = unescaped(at + 1, end);
    at = afterBlank(end + 1, field);
    return text;
  }

  private int afterBlank(int place, String field) throws Rejection {
    if (place < line.length && line[place] != ' ') {
      throw malformed(field + ": no blank follows it");
    }
    return Math.min(place + 1, line.length);
  }

  /** The user agent, which may be cut off. */
  private UTF8String agent() throws Rejection {
    int end = closingQuote("user_agent");
    UTF8String text = unescaped(at + 1, end);
    at = Math.min(end + 1, line.length);
    return text;
  }

  /** The place of the quote that closes the field at hand; the line's end if there is none. */
  private int closingQuote(String field) throws Rejection {
    if (at >= line.length || line[at] != '"') {
      throw malformed(field + ": is not in quotes");
    }
    int end = at + 1;
    while (end < line.length && line[end] != '"') {
      end += line[end] == '\\' ? 2 : 1;
    }
    return Math.min(end, line.length);
  }

  private static void request(UTF8String request, InternalRow row) {
    if (request == null) {
      return;
    }
    byte[] text = request.getBytes();
    int first = 0;
    while (first < text.length && text[first] != ' ') {
      first++;
    }
    int last = text.length - 1;
    while (last > first && text[last] != ' ') {
      last--;
    }
    if (first == 0 || last <= first) {
      row.update(5, request);
    } else {
      row.update(4, UTF8String.fromBytes(text, 0, first));
      row.update(5, UTF8String.fromBytes(text, first + 1, last - first - 1));
      row.update(6, UTF8String.fromBytes(text, last + 1, text.length - last - 1));
    }
  }

  private static int status(UTF8String word) throws Rejection {
    UTF8String.IntWrapper status = new UTF8String.IntWrapper();
    if (word == null || word.numBytes() != 3 || !isDigits(word) || !word.toInt(status)) {
      throw malformed("status: '" + word + "' is no number of three digits");
    }
    return status.value;
  }

  private static Long bytes(UTF8String word) throws Rejection {
    if (word == null) {
      return null;
    }
    UTF8String.LongWrapper bytes = new UTF8String.LongWrapper();
    if (!isDigits(word) || !word.toLong(bytes)) {
      throw malformed("bytes: '" + word + "' is no number");
    }
    return bytes.value;
  }

  /** Spark's own parser takes signs and cuts fractions off. */
  private static boolean isDigits(UTF8String word) {
    for (byte digit : word.getBytes()) {
      if (digit < '0' || digit > '9') {
        return false;
      }
    }
    return true;
  }

  /** A part of the line as it was before the server escaped it. */
  private UTF8String unescaped(int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] == '\\') {
        return UTF8String.fromBytes(escapes.unescaped(line, from, to));
      }
    }
    return orNull(from, to);
  }

  private UTF8String orNull(int from, int to) {
    return to - from == 1 && line[from] == '-' ? null : UTF8String.fromBytes(line, from, to - from);
  }

  private static Rejection malformed(String detail) {
    return new Rejection("malformed_log_line", detail);
  }
}
