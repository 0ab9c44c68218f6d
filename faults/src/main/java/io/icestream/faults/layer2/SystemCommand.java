/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** A program of the operating system. */
final class SystemCommand {
  private SystemCommand() {}

  /**
   * Runs a program to its end.
   *
   * @throws IllegalStateException if it is not there, or fails
   */
  static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " has failed: " + output);
      }
    } catch (IOException e) {
      throw new IllegalStateException(String.join(" ", command) + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command[0], e);
    }
  }
}
