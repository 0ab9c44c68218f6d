/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.SparkSession;

/**
 * Moves tables over offsets that Kafka has lost, by a snapshot without rows. It is the only commit
 * that may go on in a topic with another id, or further back in the same one.
 */
public final class GapCommits {
  private final SparkSession spark;
  private final String pipeline;
  private final String version;

  /**
   * @param spark the session
   * @param pipeline the pipeline
   * @param version version of the code
   */
  public GapCommits(SparkSession spark, String pipeline, String version) {
    this.spark = spark;
    this.pipeline = pipeline;
    this.version = version;
  }

  /**
   * Moves a table, if it still is where it was seen.
   *
   * @param seen the table
   * @param from where the gap begins
   * @param to where its next batch begins
   * @param lost how many offsets it does not get; those that nobody can count are not in it
   * @throws PipelineFailure if somebody else has committed to it meanwhile
   */
  public void move(SinkEnd seen, TopicOffsets from, TopicOffsets to, long lost) {
    // Another topic's events have an order of their own
    EventTimes times =
        seen.marker()
            .filter(marker -> marker.to().topicId().equals(to.topicId()))
            .map(Marker::timesAfter)
            .orElse(EventTimes.NONE);
    Marker marker =
        new Marker(
            from,
            to,
            seen.marker().map(Marker::batch).orElse(0L),
            version,
            new Ledger(0, 0, 0, 0, 0, 0, 0, 0),
            times,
            times,
            Map.of(),
            Map.of());
    Map<String, String> summary = new HashMap<>(marker.summary(pipeline, seen.table()));
    summary.put("icestream." + pipeline + "." + seen.table() + ".gap", Long.toString(lost));
    SinkCommit commit =
        new SinkCommit(
            seen.table(),
            summary,
            OptionalLong.of(0),
            ancestry ->
                SinkPlace.of(ancestry, pipeline, seen.table())
                    .to()
                    .equals(seen.marker().map(Marker::to)));
    try {
      commit.run(() -> IcebergTables.appendNothing(spark, seen.table()));
    } catch (ValidationException e) {
      throw new PipelineFailure(
          Kind.FENCED,
          "Another driver of this pipeline has committed to '"
              + seen.table()
              + "' while it was about to be moved over a gap. Stop it first; nothing is lost.",
          e);
    }
  }
}
