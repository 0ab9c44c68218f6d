/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** Keeps two commands from starting or ending the same stack at once. Freed when a holder dies. */
final class StackLock {

  private StackLock() {}

  /**
   * Does the work while nobody else does such work in the same home.
   *
   * @param home a home whose directories exist
   * @throws StackException if another command holds the lock, or what the work throws
   */
  static void with(StackHome home, Runnable work) {
    try (FileChannel channel =
        FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw busy(home, null);
      }
      work.run();
    } catch (OverlappingFileLockException e) {
      throw busy(home, e);
    } catch (IOException e) {
      throw new StackException(
          "Cannot lock " + home.lock() + " (" + e + "); check the file's owner", e);
    }
  }

  private static StackException busy(StackHome home, Throwable cause) {
    return new StackException(
        "Another command is starting or ending the stack in "
            + home.root()
            + "; try again when it is done",
        cause);
  }
}
