/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Lets the sinks of a batch commit, several at the same time.
 *
 * @param atOnce how many at most; with 1, in their order and on the thread of the caller
 */
record SinkTurns(int atOnce) {
  private static final long A_LONG_TIME = 365;

  /**
   * Runs commits, and returns when the last has ended. Those that are under way when one fails come
   * to their end, since a sink does not depend on another; with one at a time, the later ones do
   * not begin.
   *
   * @param commits what to run; none of them waits for another
   * @throws RuntimeException what the first in the list failed with, with the failures of the later
   *     ones suppressed
   */
  void take(List<Runnable> commits) {
    if (atOnce == 1 || commits.size() < 2) {
      commits.forEach(Runnable::run);
      return;
    }
    // Their threads are new, so that they inherit what Spark has told this one: session, query, job
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, commits.size()));
    try {
      // All are begun before one is waited for
      List<Future<?>> begun = commits.stream().<Future<?>>map(threads::submit).toList();
      Throwable failure = null;
      for (Future<?> commit : begun) {
        failure = and(failure, failureOf(commit));
      }
      raise(failure);
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      // In a form that Spark takes for the end of the query
      InterruptedIOException ended = new InterruptedIOException("The query is stopped");
      ended.initCause(e);
      throw new UncheckedIOException(ended);
    } finally {
      end(threads);
    }
  }

  private static Throwable failureOf(Future<?> commit) throws InterruptedException {
    try {
      commit.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static Throwable and(Throwable first, Throwable next) {
    if (first != null && next != null && first != next) {
      first.addSuppressed(next);
    }
    return first == null ? next : first;
  }

  private static void raise(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    } else if (failure != null) {
      throw new IllegalStateException(failure); // what Scala throws need not be declared
    }
  }

  /** No commit outlives its batch: the next one would meet it. */
  private static void end(ExecutorService threads) {
    threads.shutdown();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(A_LONG_TIME, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
