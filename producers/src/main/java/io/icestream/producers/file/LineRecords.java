/* SPDX-License-Identifier: MIT */
package io.icestream.producers.file;

import io.icestream.producers.ProducerException;
import io.icestream.producers.record.OutgoingRecord;
import io.icestream.producers.record.RecordClass;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of a file as records without key, all of them {@link RecordClass#GOOD}. The value is
 * the exact bytes of the line without its end, which is {@code \n} or {@code \r\n}; bytes that are
 * no UTF-8 stay as they are, and the last line needs no end. Empty lines are skipped and counted.
 * The file may be gzip, whatever its name. Not thread-safe.
 */
public final class LineRecords implements Iterator<OutgoingRecord>, Closeable {

  /**
   * Longest line taken, in bytes: larger than any Kafka record, small enough to tell a file without
   * lines from memory trouble.
   */
  static final int LONGEST = 64 << 20;

  private static final int END = -1;

  private final Path file;
  private final InputStream input;
  private final byte[] chunk = new byte[64 << 10];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private int position;
  private int limit;
  private long lines;
  private long skipped;
  private OutgoingRecord upcoming;

  private LineRecords(Path file, InputStream input) {
    this.file = file;
    this.input = input;
  }

  /**
   * Opens a file for reading from its first line.
   *
   * @throws ProducerException if there is no such file, it is a directory or it cannot be read
   */
  public static LineRecords open(Path file) {
    return new LineRecords(file, FileContent.open(file));
  }

  /**
   * @throws ProducerException if reading fails, the gzip data is damaged or a line is longer than
   *     64 MiB
   */
  @Override
  public boolean hasNext() {
    while (upcoming == null && readLine()) {
      if (line.size() == 0) {
        skipped++;
      } else {
        upcoming = new OutgoingRecord(null, line.toByteArray(), RecordClass.GOOD);
      }
    }
    return upcoming != null;
  }

  /**
   * @throws NoSuchElementException after the last line
   * @throws ProducerException as {@link #hasNext()}
   */
  @Override
  public OutgoingRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All lines of " + file + " were taken");
    }
    OutgoingRecord taken = upcoming;
    upcoming = null;
    return taken;
  }

  /** Number of empty lines passed so far. */
  public long skipped() {
    return skipped;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  /** Reads up to the next line end into {@link #line}; false at the end of the file. */
  private boolean readLine() {
    line.reset();
    boolean any = false;
    boolean heldReturn = false;
    for (int next = read(); next != END; next = read()) {
      any = true;
      if (next == '\n') {
        lines++;
        return true;
      }
      if (heldReturn) {
        line.write('\r');
      }
      heldReturn = next == '\r';
      if (!heldReturn) {
        line.write(next);
      }
      if (line.size() > LONGEST) {
        throw new ProducerException(
            "Line "
                + (lines + 1)
                + " of "
                + file
                + " is longer than 64 MiB: give a file with one record per line.");
      }
    }
    if (heldReturn) {
      line.write('\r');
    }
    return any;
  }

  private int read() {
    if (position == limit) {
      try {
        limit = input.read(chunk);
      } catch (IOException e) {
        throw new ProducerException(
            "Cannot read on in "
                + file
                + " after line "
                + lines
                + ": "
                + e.getMessage()
                + ". Check that the file is whole.",
            e);
      }
      position = 0;
      if (limit <= 0) {
        limit = 0;
        return END;
      }
    }
    return chunk[position++] & 0xFF;
  }
}
