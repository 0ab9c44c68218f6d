/* SPDX-License-Identifier: MIT */
package io.icestream.spark.maintenance;

import io.icestream.spark.commit.IcebergTables;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the tables of a running pipeline on a thread of its own, now and then. What fails is
 * tried again later; what is interrupted, by a crash too, leaves the tables as they were or done.
 */
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** Tables are looked at behind each batch whose number this divides, in whichever process. */
  static final int BATCHES = 25;

  /** How long the end of a pipeline waits for a look that is under way, in seconds. */
  private static final long PATIENCE = 30;

  private final List<String> tables;
  private final AtomicBoolean running = new AtomicBoolean();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread own = new Thread(work, "upkeep");
            own.setDaemon(true);
            return own;
          });

  /**
   * @param tables the tables
   */
  public Upkeep(List<String> tables) {
    this.tables = List.copyOf(tables);
  }

  /**
   * A batch has been committed.
   *
   * @param spark has the tables in its catalog
   * @param batch its number
   */
  public void committed(SparkSession spark, long batch) {
    if (batch > 0 && batch % BATCHES == 0 && running.compareAndSet(false, true)) {
      thread.execute(() -> run(spark));
    }
  }

  private void run(SparkSession spark) {
    try {
      for (String table : tables) {
        try {
          new TableUpkeep(IcebergTables.load(spark, table)).run(Instant.now());
        } catch (RuntimeException e) {
          LOG.warn("{}: upkeep has failed and is tried again later: {}", table, e.toString());
          LOG.debug("How it failed", e);
        }
      }
    } finally {
      running.set(false);
    }
  }

  /** Lets a look that is under way come to its end, for a while. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
