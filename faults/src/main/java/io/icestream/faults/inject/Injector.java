/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

import io.icestream.spark.commit.CrashPoint;
import io.icestream.spark.commit.FaultHooks;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.exceptions.CommitStateUnknownException;

/**
 * Lets one fault happen to the driver of this JVM. Once it has crashed it is dead for all of its
 * threads: each ends at the next point that it comes to, and can neither write nor delete a file.
 * So what a library does to clean up behind an exception, which a killed process would not do, has
 * no effect on files.
 */
public final class Injector implements FaultHooks.Observer, AutoCloseable {
  private static volatile Optional<Injector> current = Optional.empty();

  private final Fault fault;
  private final boolean fenceOff;
  private final Neighbours neighbours;
  private final OtherThread beside = new OtherThread();
  private final Set<String> committing = ConcurrentHashMap.newKeySet();
  private int batches;
  private boolean struck;
  private boolean doomed;
  private boolean dead;

  private Injector(Fault fault, boolean fenceOff, Neighbours neighbours) {
    this.fault = fault;
    this.fenceOff = fenceOff;
    this.neighbours = neighbours;
  }

  /**
   * Installs a fault, until it is closed. One at a time.
   *
   * @param fault what is to happen
   * @param fenceOff whether drivers commit without a look at what the tables have
   * @param neighbours do what happens beside the driver
   */
  public static Injector install(Fault fault, boolean fenceOff, Neighbours neighbours) {
    Injector injector = new Injector(fault, fenceOff, neighbours);
    current = Optional.of(injector);
    FaultHooks.install(injector);
    return injector;
  }

  static Optional<Injector> current() {
    return current;
  }

  /** Whether the fault has happened. */
  public synchronized boolean hasStruck() {
    return struck;
  }

  /** Brings another driver to life, to which nothing happens any more. */
  public synchronized void revive() {
    dead = false;
    doomed = false;
    struck = true;
    committing.clear();
  }

  @Override
  public void close() {
    current = Optional.empty();
    FaultHooks.install(FaultHooks.Observer.NONE);
    beside.close();
  }

  @Override
  public boolean isFenceOff() {
    return fenceOff;
  }

  @Override
  public void reached(CrashPoint point, String table) {
    requireAlive();
    follow(point, table);
    at(FaultPoint.valueOf(point.name()), table);
    if (point == CrashPoint.BEFORE_COMMIT_LOG) {
      dieIfDoomed();
    }
  }

  /** A file has been written as a whole. */
  void written(String file) {
    requireAlive();
    String name = file.substring(file.lastIndexOf('/') + 1);
    if (name.endsWith(".parquet")) {
      dataWritten(file);
    } else if (name.endsWith(".metadata.json")) {
      committed(FaultPoint.AFTER_METADATA, file);
    } else if (name.startsWith("snap-")) {
      committed(FaultPoint.AFTER_MANIFESTS, file);
    }
  }

  /** Rows may go to files while they are decoded, before any table's commit has begun. */
  private void dataWritten(String file) {
    if (fault.point() == FaultPoint.DURING_FILES && isOf(fault.table(), file)) {
      at(FaultPoint.DURING_FILES, fault.table());
    }
  }

  private void committed(FaultPoint point, String file) {
    committing.stream().filter(table -> isOf(table, file)).forEach(table -> at(point, table));
  }

  private static boolean isOf(String table, String file) {
    return file.contains("/" + table.replace('.', '/') + "/");
  }

  /**
   * Ends the calling thread if its driver is dead.
   *
   * @throws Error if it is
   */
  synchronized void requireAlive() {
    if (dead) {
      throw new SimulatedCrash("before");
    }
  }

  private synchronized void follow(CrashPoint point, String table) {
    switch (point) {
      case BATCH_PLANNED -> batches++;
      case BEFORE_FILES -> committing.add(table);
      case BETWEEN_SINKS -> committing.remove(table);
      case AFTER_FILES, BEFORE_SWAP, AFTER_SWAP, BEFORE_COMMIT_LOG -> {}
    }
  }

  private void at(FaultPoint point, String table) {
    if (!isStriking(point, table)) {
      return;
    }
    switch (fault.event()) {
      case CRASH -> die(point.label());
      case SECOND_DRIVER -> beside.run(neighbours::takeOver);
      case ANSWER_LOST -> {
        doom();
        throw unanswered();
      }
      case REQUEST_LOST -> throw unanswered();
      case COMPACTION -> {
        doom();
        beside.run(() -> neighbours.compact(table));
      }
      case EXPIRY -> {
        doom();
        beside.run(() -> neighbours.expire(table));
      }
    }
  }

  /** Whether the fault happens here and now; once only. */
  private synchronized boolean isStriking(FaultPoint point, String table) {
    boolean striking =
        !struck
            && fault.point() == point
            && fault.batch() == batches
            && (!point.isOfTable() || fault.table().equals(table));
    struck |= striking;
    return striking;
  }

  /** The driver survives what happens, and crashes at the batch's end. */
  private synchronized void doom() {
    doomed = true;
  }

  private synchronized void dieIfDoomed() {
    if (doomed) {
      die("behind " + fault.event().label());
    }
  }

  private synchronized void die(String where) {
    dead = true;
    throw new SimulatedCrash(where);
  }

  /** As Iceberg's catalogs say it. */
  private static CommitStateUnknownException unanswered() {
    return new CommitStateUnknownException(new IOException("The catalog does not answer"));
  }
}
