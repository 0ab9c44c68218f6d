/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/** A file to write. */
final class LocalOutput implements OutputFile {
  private static final int BUFFER = 64 << 10;

  private final String path;

  LocalOutput(String path) {
    this.path = path;
  }

  @Override
  public PositionOutputStream create() {
    if (LocalFileIO.file(path).exists()) {
      throw new AlreadyExistsException("%s exists", path);
    }
    return createOrOverwrite();
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    File file = LocalFileIO.file(path);
    try {
      Files.createDirectories(file.getParentFile().toPath());
      return new Counted(new BufferedOutputStream(new FileOutputStream(file), BUFFER));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written", e);
    }
  }

  @Override
  public String location() {
    return path;
  }

  @Override
  public InputFile toInputFile() {
    return new LocalInput(path, LocalInput.UNKNOWN);
  }

  /** An object store has the object once its stream is closed. */
  private static final class Counted extends PositionOutputStream {
    private final OutputStream out;
    private long position;
    private boolean closed;

    Counted(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!closed) {
        closed = true;
        out.close();
        StoreRequests.put(position);
      }
    }
  }
}
