/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

/**
 * Runs a step that has to be finished although the thread is interrupted; the interrupt is kept for
 * after it.
 */
final class Uninterrupted {

  private Uninterrupted() {}

  static void run(Runnable step) {
    boolean interrupted = Thread.interrupted();
    try {
      step.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
