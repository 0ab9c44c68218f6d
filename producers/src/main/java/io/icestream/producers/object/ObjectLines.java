/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The lines of an object with their places. A line is the bytes before {@code \n} or {@code \r\n};
 * the last one needs no end. Gzip is told by its first two bytes, and places are those of the
 * content that was packed. Not thread-safe.
 */
final class ObjectLines {

  private static final int BUFFER = 64 << 10;

  /** One line. */
  sealed interface Line {

    /** Where it begins. */
    long position();
  }

  /** A line that can be sent; it may be empty. */
  @SuppressWarnings("ArrayRecordComponent")
  record Text(long position, byte[] bytes) implements Line {}

  /** A line with more bytes than are taken, which were passed over. */
  record TooLong(long position, long length) implements Line {}

  private final Counted stored;
  private final InputStream raw;
  private final InputStream content;
  private final int longest;
  private final byte[] chunk = new byte[BUFFER];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private int next;
  private int limit;
  private long position;

  private ObjectLines(Counted stored, InputStream raw, InputStream content, int longest) {
    this.stored = stored;
    this.raw = raw;
    this.content = content;
    this.longest = longest;
  }

  /**
   * Opens an object for its first line.
   *
   * @param object read to its end at most, not closed
   * @param longest line that is taken, in bytes
   * @throws IOException if the object cannot be read or is damaged
   */
  static ObjectLines of(ObjectContent object, int longest) throws IOException {
    Counted stored = new Counted(object.stream(), object.size());
    InputStream raw = new BufferedInputStream(stored, BUFFER);
    raw.mark(2);
    boolean packed = raw.read() == 0x1F && raw.read() == 0x8B;
    raw.reset();
    return new ObjectLines(stored, raw, packed ? new GZIPInputStream(raw, BUFFER) : raw, longest);
  }

  /** The place behind all lines that were taken. */
  long position() {
    return position;
  }

  /**
   * Passes over bytes that were sent before.
   *
   * @throws IOException if the object ends before them, cannot be read or is damaged
   */
  void skipTo(long target) throws IOException {
    while (position < target) {
      if (next == limit && !fill()) {
        throw new EOFException("The object ends at byte " + position + ", before byte " + target);
      }
      int step = (int) Math.min(limit - next, target - position);
      next += step;
      position += step;
    }
  }

  /**
   * The next line; empty at the end.
   *
   * @throws TransferException if the connection broke off: another try may help
   * @throws IOException if the object cannot be read or is damaged
   */
  Optional<Line> next() throws IOException {
    line.reset();
    long start = position;
    boolean ended = false;
    while (!ended && (next < limit || fill())) {
      int from = next;
      while (next < limit && chunk[next] != '\n') {
        next++;
      }
      keep(from, next - from);
      position += next - from;
      if (next < limit) {
        next++;
        position++;
        ended = true;
      }
    }
    if (position == start) {
      return Optional.empty();
    }
    long length = position - start - (ended ? 1 : 0);
    // One more is kept, which may be the return of the line's end
    if (length > longest + 1L || (length == longest + 1L && !endsWithReturn(ended))) {
      return Optional.of(new TooLong(start, length));
    }
    byte[] bytes = line.toByteArray();
    return Optional.of(new Text(start, endsWithReturn(ended) ? withoutLast(bytes) : bytes));
  }

  private boolean endsWithReturn(boolean ended) {
    byte[] bytes = line.toByteArray();
    return ended && bytes.length > 0 && bytes[bytes.length - 1] == '\r';
  }

  private static byte[] withoutLast(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 1);
  }

  private void keep(int from, int count) {
    int room = longest + 1 - line.size();
    line.write(chunk, from, Math.min(room, count));
  }

  private boolean fill() throws IOException {
    try {
      limit = Math.max(0, content.read(chunk));
    } catch (EOFException e) {
      requireWhole();
      throw e;
    }
    next = 0;
    if (limit == 0) {
      requireWhole();
    }
    return limit > 0;
  }

  /**
   * Some HTTP clients take a connection that broke off for the end of the object, and gzip does so
   * with whatever breaks between two of its members.
   */
  private void requireWhole() throws IOException {
    long unused = raw.skip(Long.MAX_VALUE);
    while (raw.read() >= 0) {
      unused = raw.skip(Long.MAX_VALUE);
    }
    if (stored.count < stored.size) {
      throw new TransferException(
          "The connection broke off after " + stored.count + " of " + stored.size + " bytes", null);
    }
  }

  /** An object that is whole in its store, but did not arrive. */
  static final class TransferException extends IOException {
    private static final long serialVersionUID = 1L;

    TransferException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Counts the bytes that have arrived. */
  private static final class Counted extends FilterInputStream {
    private final long size;
    private long count;

    Counted(InputStream in, long size) {
      super(in);
      this.size = size;
    }

    /** Gzip asks whether another member may follow. */
    @Override
    public int available() {
      return (int) Math.max(0, Math.min(Integer.MAX_VALUE, size - count));
    }

    /** By reading, which counts. */
    @Override
    public long skip(long bytes) throws IOException {
      byte[] passed = new byte[BUFFER];
      long skipped = 0;
      for (int step = 1; step > 0 && skipped < bytes; ) {
        step = read(passed, 0, (int) Math.min(passed.length, bytes - skipped));
        skipped += Math.max(0, step);
      }
      return skipped;
    }

    @Override
    public int read() throws IOException {
      int read = translated(super::read);
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = translated(() -> super.read(bytes, offset, length));
      count += Math.max(0, read);
      return read;
    }

    private interface Reading {
      int read() throws IOException;
    }

    /** Whatever fails below this is the transfer; whatever fails above is the object. */
    private int translated(Reading reading) throws TransferException {
      try {
        return reading.read();
      } catch (IOException | RuntimeException e) {
        throw new TransferException(
            "The connection broke off after " + count + " bytes: " + e.getMessage(), e);
      }
    }
  }
}
