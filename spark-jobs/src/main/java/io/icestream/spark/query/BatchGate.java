/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets batches through one at a time until it is closed. Closing waits for the batch that is
 * inside, so that a query is never stopped in the middle of a commit.
 */
final class BatchGate {
  private final ReentrantLock inside = new ReentrantLock();

  /**
   * Runs a batch, unless the gate is closed: then it waits to be interrupted, which the stopping
   * query does.
   *
   * @throws InterruptedException if the query stops before the batch could run
   */
  void pass(Runnable batch) throws InterruptedException {
    inside.lockInterruptibly();
    try {
      batch.run();
    } finally {
      inside.unlock();
    }
  }

  /** Waits for the batch inside, then runs something while no other can enter. */
  void close(Runnable closing) {
    inside.lock();
    try {
      closing.run();
    } finally {
      inside.unlock();
    }
  }
}
