/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import org.apache.iceberg.io.SeekableInputStream;

/** Reads a file with a buffer. Each stretch that is read in one go counts as one request. */
final class LocalInputStream extends SeekableInputStream {
  private static final int BUFFER = 64 << 10;

  private final RandomAccessFile file;
  private final byte[] buffer = new byte[BUFFER];
  private int at;
  private int end;
  private boolean sought = true;

  LocalInputStream(File file) throws IOException {
    this.file = new RandomAccessFile(file, "r");
  }

  @Override
  public long getPos() throws IOException {
    return file.getFilePointer() - (end - at);
  }

  @Override
  public void seek(long position) throws IOException {
    long bufferStart = file.getFilePointer() - end;
    if (position >= bufferStart && position <= bufferStart + end) {
      at = (int) (position - bufferStart);
      return;
    }
    file.seek(position);
    at = 0;
    end = 0;
    sought = true;
  }

  @Override
  public int read() throws IOException {
    return at < end || fill() ? buffer[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end && length >= BUFFER) {
      return direct(into, offset, length);
    }
    if (at == end && !fill()) {
      return -1;
    }
    int count = Math.min(length, end - at);
    System.arraycopy(buffer, at, into, offset, count);
    at += count;
    return count;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean fill() throws IOException {
    int count = direct(buffer, 0, BUFFER);
    at = 0;
    end = Math.max(count, 0);
    return count > 0;
  }

  private int direct(byte[] into, int offset, int length) throws IOException {
    at = 0;
    end = 0;
    int count = file.read(into, offset, length);
    if (sought && count > 0) {
      StoreRequests.got();
      sought = false;
    }
    StoreRequests.gotBytes(Math.max(count, 0));
    return count;
  }
}
