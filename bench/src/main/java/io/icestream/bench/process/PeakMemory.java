/* SPDX-License-Identifier: MIT */
package io.icestream.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The most memory that a process has had, as Linux keeps it while the process lives. */
final class PeakMemory {
  private static final String LINE = "VmHWM:";

  private final Path status;
  private long bytes;

  PeakMemory(long pid) {
    this.status = Path.of("/proc", Long.toString(pid), "status");
  }

  /** Looks again. The mark only rises, so that the last look before the end counts. */
  void look() {
    try {
      bytes = Math.max(bytes, of(Files.readAllLines(status)));
    } catch (IOException e) {
      // It has ended: the last look stands
    }
  }

  /** In bytes; 0 if the process was gone at the first look. */
  long bytes() {
    return bytes;
  }

  /** In bytes; 0 for a process that has no memory any more. */
  static long of(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(LINE))
        .map(line -> line.substring(LINE.length()).strip().split(" ")[0])
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) << 10)
        .findFirst()
        .orElse(0);
  }
}
