/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import java.io.IOException;
import org.apache.iceberg.io.PositionOutputStream;

/** A file that is being written; tells when it is complete. */
final class CrashingStream extends PositionOutputStream {
  private final PositionOutputStream stream;
  private final String path;
  private boolean closed;

  CrashingStream(PositionOutputStream stream, String path) {
    this.stream = stream;
    this.path = path;
  }

  @Override
  public long getPos() throws IOException {
    return stream.getPos();
  }

  @Override
  public long storedLength() throws IOException {
    return stream.storedLength();
  }

  @Override
  public void write(int b) throws IOException {
    stream.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    stream.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    stream.flush();
  }

  @Override
  public void close() throws IOException {
    stream.close();
    if (!closed) {
      closed = true;
      Injector.current().ifPresent(injector -> injector.written(path));
    }
  }
}
