/* SPDX-License-Identifier: MIT */
package io.icestream.spark.registry;

import java.time.Duration;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a registry that is away: the batch stays open, nothing is lost, and the pipeline goes
 * on by itself when the registry is back. Ends when the task that asks is ended.
 */
final class PatientRegistry implements SchemaRegistry {
  static final Duration FIRST_WAIT = Duration.ofMillis(200);
  static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(PatientRegistry.class);

  private final SchemaRegistry registry;
  private final String place;
  private final int quietRetries;
  private final Sleep sleep;

  /** Lets time pass. */
  @FunctionalInterface
  interface Sleep {
    void of(Duration time) throws InterruptedException;
  }

  /**
   * @param place where the registry is, for messages
   * @param quietRetries how often it is asked again before a warning
   */
  PatientRegistry(SchemaRegistry registry, String place, int quietRetries) {
    this(registry, place, quietRetries, PatientRegistry::sleepWhileTheTaskLives);
  }

  PatientRegistry(SchemaRegistry registry, String place, int quietRetries, Sleep sleep) {
    this.registry = registry;
    this.place = place;
    this.quietRetries = quietRetries;
    this.sleep = sleep;
  }

  @Override
  public Optional<WriterSchema> byId(SchemaId id) {
    Duration wait = FIRST_WAIT;
    for (int failures = 0; ; failures++) {
      try {
        Optional<WriterSchema> schema = registry.byId(id);
        if (failures > quietRetries) {
          LOG.atInfo().addKeyValue("registry", place).log("Schema registry answers again");
        }
        return schema;
      } catch (RegistryUnavailableException e) {
        if (failures >= quietRetries) {
          LOG.atWarn()
              .addKeyValue("registry", place)
              .addKeyValue("schema", id)
              .log("Pipeline waits for the schema registry: {}", e.getMessage());
        }
        rest(wait, id);
        wait = longer(wait);
      }
    }
  }

  private void rest(Duration wait, SchemaId id) {
    try {
      sleep.of(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryUnavailableException(
          "Ended while waiting for schema " + id + " of the registry at " + place + ".", e);
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
  }

  /** Spark may end a task without interrupting its thread. */
  private static void sleepWhileTheTaskLives(Duration time) throws InterruptedException {
    TaskContext task = TaskContext.get();
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (task != null && task.isInterrupted()) {
        throw new InterruptedException();
      }
      Thread.sleep(Math.min(left / 1_000_000 + 1, LONGEST_SLEEP.toMillis()));
    }
  }
}
