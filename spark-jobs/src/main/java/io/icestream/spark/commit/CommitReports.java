/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.iceberg.metrics.CommitMetricsResult;
import org.apache.iceberg.metrics.CommitReport;
import org.apache.iceberg.metrics.CounterResult;
import org.apache.iceberg.metrics.MetricsReport;
import org.apache.iceberg.metrics.MetricsReporter;

/**
 * Where Iceberg reports its commits. Catalogs make an instance each, by the name of the class that
 * is in their settings; all of them tell the same listeners.
 */
public final class CommitReports implements MetricsReporter {
  private static final List<Listener> LISTENERS = new CopyOnWriteArrayList<>();

  /**
   * A commit as Iceberg has measured it. What it does not tell is 0.
   *
   * @param table the table's name, that of its catalog in front
   * @param millis how long it took, writing of files not included
   * @param attempts how often it was tried
   * @param addedFiles data files that it added
   * @param addedBytes size of all files that it added
   */
  public record Commit(
      String table, long millis, long attempts, long addedFiles, long addedBytes) {}

  /** Is told of commits. */
  @FunctionalInterface
  public interface Listener {
    /** Called on the committing thread; has to return soon, and must not throw. */
    void reported(Commit commit);
  }

  /** Tells a listener of all commits of this JVM until the result is closed. */
  public static Listening listen(Listener listener) {
    LISTENERS.add(listener);
    return () -> LISTENERS.remove(listener);
  }

  /** Ends when it is closed. */
  public interface Listening extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void report(MetricsReport report) {
    if (report instanceof CommitReport made && !LISTENERS.isEmpty()) {
      CommitMetricsResult metrics = made.commitMetrics();
      Commit commit =
          new Commit(
              made.tableName(),
              metrics.totalDuration() == null
                  ? 0
                  : metrics.totalDuration().totalDuration().toMillis(),
              value(metrics.attempts()),
              value(metrics.addedDataFiles()),
              value(metrics.addedFilesSizeInBytes()));
      LISTENERS.forEach(listener -> listener.reported(commit));
    }
  }

  private static long value(CounterResult counter) {
    return counter == null ? 0 : counter.value();
  }
}
