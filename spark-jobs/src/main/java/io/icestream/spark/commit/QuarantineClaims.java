/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.apache.spark.sql.functions.min;

import io.icestream.spark.commit.ReplayMark.Outcome;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rows of a quarantine table are being replayed, and what became of them. Each change is one
 * commit, and is refused if another replay has changed the table since it was read. Rows that a
 * driver appends meanwhile are left alone.
 */
public final class QuarantineClaims {
  /** Columns of a claim's rows beside those of {@link #keyColumns()}. */
  public static final List<String> JUDGEMENT = List.of("written", "rejections");

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineClaims.class);
  private static final String VIEW = "_icestream_claim";

  private final SparkSession spark;
  private final String table;
  private final String pipeline;
  private final String version;

  /**
   * A replay that has not been settled.
   *
   * @param id the replay
   * @param time when it began
   * @param sinks the tables that it was to write
   */
  public record Claim(String id, Instant time, List<String> sinks) {
    public Claim {
      sinks = List.copyOf(sinks);
    }
  }

  /**
   * The rows of a pipeline at one moment.
   *
   * @param rows the rows in all columns of {@link QuarantineRows#table}; the same whenever read
   * @param newest the newest replay that they know of; empty if there was none
   */
  public record Reading(Dataset<Row> rows, Optional<String> newest) {}

  /**
   * @param spark has the table in its catalog
   * @param table the quarantine table
   * @param pipeline whose rows are meant
   * @param version version of the code
   */
  public QuarantineClaims(SparkSession spark, String table, String pipeline, String version) {
    this.spark = spark;
    this.table = table;
    this.pipeline = pipeline;
    this.version = version;
  }

  /** The columns that tell a row of the pipeline from all others. */
  public static List<String> keyColumns() {
    List<String> columns = new ArrayList<>(QuarantineRows.position());
    columns.addAll(List.of("sinks", "stage", "reason"));
    return columns;
  }

  /** Reads the table. */
  public Reading read() {
    Table now = IcebergTables.load(spark, table);
    Dataset<Row> stored =
        now.currentSnapshot() == null
            ? spark.table(table).limit(0)
            : spark.read().option("snapshot-id", now.currentSnapshot().snapshotId()).table(table);
    Dataset<Row> rows = QuarantineRows.complete(stored);
    return new Reading(rows.filter(rows.col("pipeline").equalTo(pipeline)), newest(history()));
  }

  /** The replays that were interrupted, or are under way in another process. */
  public List<Claim> unfinished() {
    return read()
        .rows()
        .filter("state = 'claimed'")
        .groupBy("replay", "sinks")
        .agg(min("claim.time"))
        .collectAsList()
        .stream()
        .map(row -> new Claim(row.getString(0), row.getTimestamp(2).toInstant(), row.getList(1)))
        .toList();
  }

  /**
   * Claims rows for a replay, together with what the replay has found them to become.
   *
   * @param claim the replay; its sinks are those of all the rows
   * @param judged columns {@link #keyColumns()} and {@link #JUDGEMENT} of open rows
   * @param reading what the rows were read from
   * @throws PipelineFailure if another replay has changed the table since
   */
  public void claim(Claim claim, Dataset<Row> judged, Reading reading) {
    judged.createOrReplaceTempView(VIEW);
    String sameRow =
        keyColumns().stream()
            .map(name -> "t.`" + name + "` <=> u.`" + name + "`")
            .collect(Collectors.joining(" AND "));
    String statement =
        "MERGE INTO "
            + table
            + " t USING "
            + VIEW
            + " u ON "
            + sameRow
            + " AND t.pipeline = '"
            + pipeline
            + "' AND coalesce(t.state, 'open') = 'open'"
            + " WHEN MATCHED THEN UPDATE SET t.state = 'claimed', t.replay = '"
            + claim.id()
            + "', t.sinks = "
            + array(claim.sinks())
            + ", t.claim = named_struct('time', TIMESTAMP '"
            + claim.time()
            + "', 'written', u.written, 'rejections', u.rejections)";
    SinkCommit commit =
        new SinkCommit(
            table,
            new ReplayMark(claim.id(), Outcome.CLAIMED).stamp(pipeline, table, version),
            OptionalLong.empty(),
            history -> newest(history).equals(reading.newest()));
    try {
      commit.run(() -> spark.sql(statement));
    } catch (ValidationException e) {
      throw newest(history()).equals(reading.newest()) ? e : busy(e);
    } finally {
      spark.catalog().dropTempView(VIEW);
    }
    LOG.info("{}: claimed for replay {}", table, claim.id());
  }

  /**
   * Says what became of a replay's rows, and lets go of them. Does nothing if that is done already.
   *
   * @param claim the replay
   * @param done the sinks that have its rows; the others never will have them from it
   * @param time now
   */
  public void settle(Claim claim, Collection<String> done, Instant time) {
    while (isClaimed(claim)) {
      Optional<String> before = newest(history());
      SinkCommit commit =
          new SinkCommit(
              table,
              new ReplayMark(claim.id(), Outcome.SETTLED).stamp(pipeline, table, version),
              OptionalLong.empty(),
              history -> newest(history).equals(before));
      try {
        commit.run(() -> spark.sql(settlement(claim, done, time)));
        LOG.info("{}: settled replay {}", table, claim.id());
        return;
      } catch (ValidationException e) {
        if (newest(history()).equals(before)) {
          throw e;
        }
      }
    }
  }

  /**
   * The rejections that count are those that kept a row from a sink which the replay has written.
   * What is left to do for a row are the sinks that were not written, and those it was kept from.
   */
  private String settlement(Claim claim, Collection<String> done, Instant time) {
    String finished = array(done);
    String rejections =
        claim.sinks().isEmpty()
            ? "filter(claim.rejections, r -> size(r.sinks) = 0)"
            : "filter(claim.rejections, r -> arrays_overlap(r.sinks, array_intersect(sinks, "
                + finished
                + ")))";
    String left =
        "filter(sinks, k -> NOT array_contains("
            + finished
            + ", k) OR exists(claim.rejections, r -> array_contains(r.sinks, k)))";
    String isOpen = "(size(" + left + ") > 0 OR size(" + rejections + ") > 0)";
    String isFailed = "size(" + rejections + ") > 0";
    String isWritten = "arrays_overlap(claim.written, " + finished + ")";
    return "UPDATE "
        + table
        + " SET state = IF("
        + isOpen
        + ", 'open', 'resolved'), sinks = "
        + left
        + ", attempts = coalesce(attempts, 0) + IF("
        + isFailed
        + ", 1, 0)"
        + newest("stage", isFailed, rejections)
        + newest("reason", isFailed, rejections)
        + newest("detail", isFailed, rejections)
        + ", resolution = CASE WHEN "
        + isOpen
        + " THEN IF("
        + isWritten
        + ", 'partial', resolution) WHEN "
        + isWritten
        + " OR resolution = 'partial' THEN 'written' ELSE 'filtered' END, resolved_at = IF("
        + isOpen
        + ", NULL, TIMESTAMP '"
        + time
        + "'), claim = NULL WHERE pipeline = '"
        + pipeline
        + "' AND state = 'claimed' AND replay = '"
        + claim.id()
        + "'";
  }

  private static String newest(String column, String isFailed, String rejections) {
    return ", "
        + column
        + " = IF("
        + isFailed
        + ", element_at("
        + rejections
        + ", 1)."
        + column
        + ", "
        + column
        + ")";
  }

  private boolean isClaimed(Claim claim) {
    Dataset<Row> rows = read().rows();
    return !rows.filter(
            rows.col("state").equalTo("claimed").and(rows.col("replay").equalTo(claim.id())))
        .isEmpty();
  }

  private TableHistory history() {
    return IcebergTables.history(spark, table);
  }

  private Optional<String> newest(TableHistory history) {
    return ReplayMark.newest(history, pipeline, table)
        .map(mark -> mark.outcome() + " " + mark.id());
  }

  private static String array(Collection<String> tables) {
    return tables.stream()
        .map(name -> "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'")
        .collect(Collectors.joining(", ", "CAST(array(", ") AS ARRAY<STRING>)"));
  }

  private PipelineFailure busy(Throwable cause) {
    return new PipelineFailure(
        Kind.FENCED,
        "Another replay of pipeline '"
            + pipeline
            + "' has begun or ended meanwhile. This one stops and has changed nothing. Run one"
            + " replay at a time.",
        cause);
  }
}
