/* SPDX-License-Identifier: MIT */
package io.icestream.producers.file;

import io.icestream.producers.ProducerException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens a file for its content: gzip, told by its first two bytes, is unpacked. */
final class FileContent {

  private static final int BUFFER = 64 << 10;

  private FileContent() {}

  /**
   * @throws ProducerException if there is no such file, it is a directory or it cannot be read
   */
  static InputStream open(Path file) {
    if (!Files.exists(file)) {
      throw new ProducerException(
          "File " + file + " does not exist: give the path of a text or gzip file.");
    }
    if (Files.isDirectory(file)) {
      throw new ProducerException(file + " is a directory: give the path of one file in it.");
    }
    InputStream raw = null;
    try {
      raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      return startsAsGzip(raw) ? new GZIPInputStream(raw, BUFFER) : raw;
    } catch (IOException e) {
      throw unreadable(file, raw, e);
    }
  }

  private static boolean startsAsGzip(InputStream raw) throws IOException {
    raw.mark(2);
    int first = raw.read();
    int second = raw.read();
    raw.reset();
    return first == 0x1F && second == 0x8B;
  }

  private static ProducerException unreadable(Path file, InputStream raw, IOException cause) {
    if (raw != null) {
      try {
        raw.close();
      } catch (IOException onClose) {
        cause.addSuppressed(onClose);
      }
    }
    return new ProducerException(
        "File "
            + file
            + " cannot be read ("
            + cause.getMessage()
            + "): check its permissions and that it is whole.",
        cause);
  }
}
