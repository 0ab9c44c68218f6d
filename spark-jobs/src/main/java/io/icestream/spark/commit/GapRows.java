/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.apache.spark.sql.functions.col;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.plan.TableSpec;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of what Kafka lost before it was read: a row per partition and range. */
public final class GapRows {
  private static final StructType COLUMNS =
      new StructType()
          .add("pipeline", DataTypes.StringType)
          .add("topic", DataTypes.StringType)
          .add("topic_id", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("from_offset", DataTypes.LongType)
          .add("to_offset", DataTypes.LongType)
          .add("detected_at", DataTypes.TimestampType)
          .add("reason", DataTypes.StringType)
          .add("sinks", QuarantineRows.TABLES);

  private final SparkSession spark;
  private final String table;
  private final String pipeline;

  /**
   * @param spark the session
   * @param quarantineTable the pipeline's quarantine table, which the name is made of
   * @param pipeline the pipeline
   */
  public GapRows(SparkSession spark, String quarantineTable, String pipeline) {
    this.spark = spark;
    this.table = table(quarantineTable).table();
    this.pipeline = pipeline;
  }

  /** The table beside a quarantine table. */
  public static TableSpec table(String quarantineTable) {
    return new TableSpec(quarantineTable + "_gaps", COLUMNS, List.of(), Map.of());
  }

  /**
   * Adds gaps, as far as the table does not have them already.
   *
   * @param topic the topic's name
   * @param gaps the gaps
   * @param now when they were found
   * @return how many rows were added
   * @throws PipelineFailure if somebody else writes to the table meanwhile
   */
  public int add(String topic, List<Gap> gaps, Instant now) {
    Optional<Long> read = IcebergTables.history(spark, table).head();
    List<Row> known = spark.table(table).filter(col("pipeline").equalTo(pipeline)).collectAsList();
    List<Row> rows = new ArrayList<>();
    for (Gap gap : gaps) {
      missing(gap, known).ifPresent(from -> rows.add(row(topic, gap, from, now)));
    }
    if (rows.isEmpty()) {
      return 0;
    }
    SinkCommit commit =
        new SinkCommit(
            table,
            new Count("icestream." + pipeline + ".gaps", rows.size()),
            OptionalLong.of(rows.size()),
            history -> history.head().equals(read));
    try {
      commit.run(
          () ->
              IcebergTables.append(spark, table, spark.createDataFrame(rows, COLUMNS).coalesce(1)));
    } catch (ValidationException e) {
      throw new PipelineFailure(
          Kind.FENCED,
          "Somebody else has written to '" + table + "' meanwhile. Run one recovery at a time.",
          e);
    }
    return rows.size();
  }

  /** The part of a gap that no row has yet, by its start; empty if rows have all of it. */
  private static Optional<Long> missing(Gap gap, List<Row> known) {
    long from = gap.from();
    boolean further = true;
    while (further) {
      further = false;
      for (Row row : known) {
        if (isOf(gap, row) && row.<Long>getAs("from_offset") <= from) {
          if (row.getAs("to_offset") == null) {
            // A partition can be truncated more than once, a topic with one id goes only once
            boolean same = row.<Long>getAs("from_offset") == from;
            if (gap.to().isEmpty() && (same || gap.reason() == Gap.Reason.RECREATED)) {
              return Optional.empty();
            }
          } else if (row.<Long>getAs("to_offset") > from) {
            from = row.getAs("to_offset");
            further = true;
          }
        }
      }
    }
    return gap.to().isEmpty() || from < gap.to().getAsLong() ? Optional.of(from) : Optional.empty();
  }

  private static boolean isOf(Gap gap, Row row) {
    return gap.topicId().equals(row.getAs("topic_id"))
        && row.<Integer>getAs("partition") == gap.partition()
        && reason(gap).equals(row.getAs("reason"));
  }

  private Row row(String topic, Gap gap, long from, Instant now) {
    return RowFactory.create(
        pipeline,
        topic,
        gap.topicId(),
        gap.partition(),
        from,
        gap.to().isPresent() ? (Long) gap.to().getAsLong() : null,
        Timestamp.from(now),
        reason(gap),
        gap.tables().toArray(String[]::new));
  }

  private static String reason(Gap gap) {
    return gap.reason().name().toLowerCase(Locale.ROOT);
  }

  /** How many rows a commit adds. Nothing is ever compared with it. */
  private record Count(String name, int rows) implements Stamp {
    @Override
    public Map<String, String> summary() {
      return Map.of(name, Integer.toString(rows));
    }

    @Override
    public Map<String, String> properties(Snapshot made, Map<String, String> present) {
      return Map.of();
    }
  }
}
