/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.decode.EventTimes;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.sql.SparkSession;

/**
 * Moves tables over offsets that Kafka has lost, by a snapshot without rows. It is the only commit
 * that may go on in a topic with another id, or further back in the same one.
 */
public final class GapCommits {
  private final SparkSession spark;
  private final Driver driver;

  /**
   * @param spark the session
   * @param driver who commits
   */
  public GapCommits(SparkSession spark, Driver driver) {
    this.spark = spark;
    this.driver = driver;
  }

  /**
   * Moves a table, if it still is where it was seen.
   *
   * @param seen the table
   * @param from where the gap begins
   * @param to where its next batch begins
   * @param lost how many offsets it does not get; those that nobody can count are not in it
   * @param now the time
   * @throws PipelineFailure if somebody else has committed to it meanwhile
   */
  public void move(SinkEnd seen, TopicOffsets from, TopicOffsets to, long lost, Instant now) {
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
            driver.version(),
            new Ledger(0, 0, 0, 0, 0, 0, 0, 0),
            times,
            times,
            Map.of(),
            Map.of(),
            Origin.of(driver, "", "", now),
            lost);
    SinkCommit commit =
        new SinkCommit(
            seen.table(),
            marker.stamp(driver.pipeline(), seen.table()),
            OptionalLong.of(0),
            history -> driver.isNewest(history, seen.table()) && isWhereItWas(seen, history));
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

  private boolean isWhereItWas(SinkEnd seen, TableHistory history) {
    Optional<TopicOffsets> place = SinkPlace.of(history, driver.pipeline(), seen.table()).to();
    return place.equals(seen.marker().map(Marker::to));
  }
}
