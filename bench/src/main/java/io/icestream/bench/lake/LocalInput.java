/* SPDX-License-Identifier: MIT */
package io.icestream.bench.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SeekableInputStream;

/** A file to read. To ask for a length that nobody has told is a request of its own. */
final class LocalInput implements InputFile {
  static final long UNKNOWN = -1;

  private final String path;
  private long length;

  LocalInput(String path, long length) {
    this.path = path;
    this.length = length;
  }

  @Override
  public long getLength() {
    if (length == UNKNOWN) {
      StoreRequests.looked();
      length = LocalFileIO.file(path).length();
    }
    return length;
  }

  @Override
  public SeekableInputStream newStream() {
    try {
      return new LocalInputStream(LocalFileIO.file(path));
    } catch (FileNotFoundException e) {
      throw new NotFoundException(e, "No file at %s", path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read", e);
    }
  }

  @Override
  public String location() {
    return path;
  }

  @Override
  public boolean exists() {
    StoreRequests.looked();
    return LocalFileIO.file(path).exists();
  }
}
