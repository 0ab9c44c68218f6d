/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Objects;

/**
 * Where a test of what crashes do takes part in batches of this JVM. Nothing is installed unless a
 * program says so in its code: there is no setting for it.
 */
public final class FaultHooks {
  private static volatile Observer observer = Observer.NONE;

  private FaultHooks() {}

  /** Takes part in batches. */
  public interface Observer {
    /** Does nothing, and leaves the fence as it is. */
    Observer NONE = (point, table) -> {};

    /**
     * A batch has come to a point. May throw an {@link Error}, which ends the batch as a crash
     * would; at the points of the swap also what a catalog may throw.
     *
     * @param point where it is
     * @param table the table that it commits to; empty at the points that have none
     */
    void reached(CrashPoint point, String table);

    /**
     * Whether batches commit without asking what the tables have. Loses and repeats rows: only to
     * show that a test would notice.
     */
    default boolean isFenceOff() {
      return false;
    }
  }

  /** Replaces the observer of all batches of this JVM; {@link Observer#NONE} ends it. */
  public static void install(Observer next) {
    observer = Objects.requireNonNull(next, "next");
  }

  /** Tells the observer that a batch has come to a point that belongs to no table. */
  public static void reach(CrashPoint point) {
    observer.reached(point, "");
  }

  static void reach(CrashPoint point, String table) {
    observer.reached(point, table);
  }

  static boolean isFenceOff() {
    return observer.isFenceOff();
  }
}
