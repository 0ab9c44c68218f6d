/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers of a pipeline's drivers. The one that started last has the highest, which stands in
 * the property {@code icestream.<pipeline>.<sink>.epoch} of each of its tables; the others can no
 * longer commit.
 */
public final class Epochs {
  private static final Logger LOG = LoggerFactory.getLogger(Epochs.class);

  private Epochs() {}

  /**
   * Takes the next number and puts it into all tables. From here on no driver with a lower one can
   * commit to any of them.
   *
   * @param spark has the tables in its catalog
   * @param pipeline the pipeline
   * @param tables all its tables
   * @return the number, 1 or higher
   * @throws PipelineFailure if another driver starts at the same time and is ahead
   */
  public static long claim(SparkSession spark, String pipeline, Collection<String> tables) {
    long epoch = 1 + newest(spark, pipeline, tables);
    for (String table : tables) {
      while (!claim(spark, pipeline, table, epoch)) {
        long present = of(IcebergTables.history(spark, table), pipeline, table);
        if (present > epoch) {
          throw superseded(pipeline, table, epoch, present, null);
        }
        if (present == epoch) {
          return claim(spark, pipeline, tables); // two have started on one number: one has to yield
        }
      }
    }
    LOG.atInfo().addKeyValue("pipeline", pipeline).log("{}: driver epoch {}", pipeline, epoch);
    return epoch;
  }

  /**
   * Puts a driver's number into a table that has come to the pipeline after its claim.
   *
   * @throws PipelineFailure if a newer driver has taken it over
   */
  public static void raise(SparkSession spark, String pipeline, String table, long epoch) {
    long present = of(IcebergTables.history(spark, table), pipeline, table);
    while (present < epoch && !claim(spark, pipeline, table, epoch)) {
      present = of(IcebergTables.history(spark, table), pipeline, table);
    }
    if (present > epoch) {
      throw superseded(pipeline, table, epoch, present, null);
    }
  }

  /**
   * The property by which a table that is made now has the number that another has: no driver that
   * has been superseded there can commit to it.
   *
   * @param other a table of the pipeline
   * @param made the table that is to be made
   */
  public static Map<String, String> inherited(
      SparkSession spark, String pipeline, String other, String made) {
    long epoch = of(IcebergTables.history(spark, other), pipeline, other);
    return epoch == 0 ? Map.of() : Map.of(name(pipeline, made), Long.toString(epoch));
  }

  /** The number of the newest driver that a table knows of; 0 if it knows none. */
  static long of(TableHistory history, String pipeline, String table) {
    String claimed = history.properties().getOrDefault(name(pipeline, table), "0");
    return Long.parseLong(claimed);
  }

  static PipelineFailure superseded(
      String pipeline, String table, long mine, long newest, Throwable cause) {
    return new PipelineFailure(
        Kind.FENCED,
        "A newer driver of pipeline '"
            + pipeline
            + "' has taken over table '"
            + table
            + "': this one has epoch "
            + mine
            + ", the table has epoch "
            + newest
            + ". This one stops; nothing is lost or repeated. Make sure that only one is started.",
        cause);
  }

  private static long newest(SparkSession spark, String pipeline, Collection<String> tables) {
    return tables.stream()
        .mapToLong(table -> of(IcebergTables.history(spark, table), pipeline, table))
        .max()
        .orElse(0);
  }

  /** Puts a number into a table if it is higher than the one that is there. */
  private static boolean claim(SparkSession spark, String pipeline, String name, long epoch) {
    Table table = IcebergTables.load(spark, name);
    if (!(table instanceof FencedTable fenced)) {
      throw new IllegalStateException(name + " is not behind the fence: " + table.getClass());
    }
    Claim claim = new Claim(name(pipeline, name), epoch);
    try {
      if (fenced.operations() instanceof FencedOperations operations
          && operations.comparesAllMetadata()) {
        TableMetadata base = operations.current();
        if (!claim.isAhead(TableHistory.of(base))) {
          return false;
        }
        operations.commit(
            base, TableMetadata.buildFrom(base).setProperties(claim.property()).build());
      } else {
        // The catalog compares the current snapshot alone, so the claim has to be one
        new SinkCommit(name, claim, OptionalLong.empty(), claim::isAhead)
            .run(() -> table.newFastAppend().commit());
      }
      return true;
    } catch (CommitFailedException | ValidationException e) {
      LOG.info("{}: changed while the epoch was claimed; trying again", name, e);
      return false;
    }
  }

  private static String name(String pipeline, String table) {
    return Marker.prefix(pipeline, table) + "epoch";
  }

  private record Claim(String name, long epoch) implements Stamp {
    boolean isAhead(TableHistory history) {
      return Long.parseLong(history.properties().getOrDefault(name, "0")) < epoch;
    }

    Map<String, String> property() {
      return Map.of(name, Long.toString(epoch));
    }

    @Override
    public Map<String, String> summary() {
      return property();
    }

    @Override
    public Map<String, String> properties(Snapshot made, Map<String, String> present) {
      return property();
    }
  }
}
