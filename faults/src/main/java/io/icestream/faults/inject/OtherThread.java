/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs something as if another program did. Its thread is there before a driver starts, so that it
 * inherits nothing of a batch: Spark hands sessions and settings of jobs down to new threads.
 */
final class OtherThread implements AutoCloseable {
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());

  OtherThread() {
    executor.prestartAllCoreThreads();
  }

  /**
   * Runs it and waits for its end.
   *
   * @throws IllegalStateException if it fails
   */
  void run(Runnable work) {
    try {
      executor.submit(work).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("What happens beside the batch failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted beside a batch", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
