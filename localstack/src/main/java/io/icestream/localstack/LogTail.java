/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a server has logged since a point in time.
 *
 * @param file the log file; may be absent
 * @param from where in the file that point is, in bytes
 */
record LogTail(Path file, long from) {

  private static final int LINES = 20;
  private static final long LONGEST_BYTES = 64 * 1024;

  /** The tail that begins at the present end of the file. */
  static LogTail startingNow(Path file) {
    try {
      return new LogTail(file, Files.exists(file) ? Files.size(file) : 0);
    } catch (IOException e) {
      return new LogTail(file, 0);
    }
  }

  /** The last lines, indented, one per line; a sentence saying so if there are none. */
  String text() {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(Math.max(from, channel.size() - LONGEST_BYTES));
      byte[] bytes = Channels.newInputStream(channel).readAllBytes();
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      if (lines.isEmpty()) {
        return "  (nothing logged)";
      }
      return "  "
          + String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "  (no log: " + e + ")";
    }
  }
}
