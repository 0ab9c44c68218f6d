/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replays beside drivers and beside each other, on a table of sums. */
class ReplayCommitsTest {
  private static final Ledger ONE_UPDATED = new Ledger(1, 1, 0, 1, 0, 0, 0, 0);

  private final SparkSession spark = LocalSpark.session();
  private final String sink = LocalSpark.freshTable();
  private final ReplayCommits replay = new ReplayCommits(spark, "p", "1.0", "first");
  private final BatchCommits driver = driver(Markers.at(), Markers.at(1));

  @BeforeEach
  void startAtZero() {
    spark.sql("INSERT INTO " + sink + " VALUES ('sum', 0)");
  }

  @Test
  void mergesAgainAfterADriverHasCommitted() {
    // given
    var attempts = new AtomicInteger();

    // when
    replay.whileUndisturbed(
        sink,
        upserts -> {
          int sum = sum();
          if (attempts.incrementAndGet() == 1) {
            driver.upsert(sink, merge(sum + 10), provenance());
          }
          upserts.upsert(merge(sum + 1), ONE_UPDATED);
        });

    // then
    assertThat(attempts).hasValue(2);
    assertThat(sum()).isEqualTo(11);
  }

  @Test
  void makesADriverMergeAgainThatHasReadBefore() {
    // given
    var attempts = new AtomicInteger();

    // when
    driver.whileUndisturbed(
        sink,
        () -> {
          int sum = sum();
          if (attempts.incrementAndGet() == 1) {
            add(replay, 1);
          }
          driver.upsert(sink, merge(sum + 10), provenance());
        });

    // then
    assertThat(attempts).hasValue(2);
    assertThat(sum()).isEqualTo(11);
    assertThat(BatchCommits.newestMarker(spark, "p", sink)).map(Marker::to).contains(Markers.at(1));
  }

  @Test
  void leavesADriverFencedThatAnotherDriverHasOvertaken() {
    // given
    var other = driver(Markers.at(), Markers.at(1));
    add(replay, 1);
    other.whileUndisturbed(sink, () -> other.upsert(sink, merge(sum() + 10), provenance()));

    // when
    var failure =
        catchThrowableOfType(
            PipelineFailure.class,
            () ->
                driver.whileUndisturbed(
                    sink, () -> driver.upsert(sink, merge(sum() + 10), provenance())));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.FENCED);
    assertThat(sum()).isEqualTo(11);
  }

  @Test
  void commitsOnceUnderOneId() {
    // given
    add(replay, 1);

    // when
    var failure = catchThrowableOfType(PipelineFailure.class, () -> add(replay, 1));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.FENCED);
    assertThat(failure).hasMessageStartingWith("Another replay of pipeline 'p' has taken over");
    assertThat(sum()).isEqualTo(1);
    assertThat(replay.settle(sink, Instant.now(), false)).isTrue();
  }

  @Test
  void neverCommitsAgainOnceItIsFoundThatItHasNot() {
    // given
    boolean done = replay.settle(sink, Instant.now(), false);

    // when, then
    assertThat(done).isFalse();
    assertThatThrownBy(() -> add(replay, 1)).hasMessageContaining("has taken over");
    assertThat(sum()).isZero();
    assertThat(replay.settle(sink, Instant.now(), false)).as("asked again").isFalse();
    add(new ReplayCommits(spark, "p", "1.0", "second"), 1);
    assertThat(sum()).isEqualTo(1);
  }

  @Test
  void knowsWhatItHasDoneWhenTheSnapshotHasExpired() {
    // given
    Instant claimed = Instant.now().minusSeconds(60);
    var given = new ReplayCommits(spark, "p", "1.0", "second");
    add(replay, 1);
    given.settle(sink, Instant.now(), false);
    expireAll();

    // when, then
    assertThat(replay.settle(sink, claimed, false)).isTrue();
    assertThat(given.settle(sink, claimed, false)).as("was given up").isFalse();
    assertThatThrownBy(() -> add(given, 1)).hasMessageContaining("has taken over");
  }

  @Test
  void doesNotGuessWhatExpiredSnapshotsSaid() {
    // given
    Instant claimed = Instant.now().minusSeconds(60);
    var other = new ReplayCommits(spark, "p", "1.0", "of an earlier version");
    add(replay, 1);
    expireAll();

    // when
    var failure =
        catchThrowableOfType(PipelineFailure.class, () -> other.settle(sink, claimed, false));

    // then
    assertThat(failure.kind()).isEqualTo(Kind.FENCED);
    assertThat(failure).hasMessageContaining("have been expired");
    assertThat(other.settle(sink, claimed, true)).as("its rows would be found").isFalse();
  }

  @Test
  void appendsWhatIsNotThere() {
    // given
    String rows = LocalSpark.freshTable();
    spark.sql(
        "CREATE TABLE "
            + rows
            + " (n INT, kafka_topic STRING, kafka_partition INT, kafka_offset BIGINT) USING iceberg");
    spark.sql("INSERT INTO " + rows + " VALUES (1, 't', 0, 5), (2, 't', 1, 6)");
    var given =
        spark.sql(
            "SELECT * FROM VALUES (9, 't', 0, 5L), (9, 't', 0, 6L), (9, 'u', 1, 6L)"
                + " AS r (n, kafka_topic, kafka_partition, kafka_offset)");

    // when
    long present = replay.append(rows, given, new Ledger(4, 4, 3, 0, 1, 0, 0, 0));

    // then
    assertThat(present).isEqualTo(1);
    assertThat(LocalSpark.sorted(spark.table(rows)))
        .containsExactly("[1,t,0,5]", "[2,t,1,6]", "[9,t,0,6]", "[9,u,1,6]");
    assertThat(LocalSpark.sorted(spark.table(rows + ".snapshots").selectExpr(ledger(rows))))
        .contains(
            "[{\"offsets\":4,\"read\":4,\"written\":2,\"updated\":0,\"filtered\":1,"
                + "\"deduplicated\":1,\"quarantined\":0,\"late\":0}]");
  }

  private void expireAll() {
    spark.sql("INSERT INTO " + sink + " VALUES ('other', 0)");
    spark.sql(
        "CALL lake.system.expire_snapshots(table => '"
            + sink
            + "', older_than => TIMESTAMP '"
            + Instant.now()
            + "', retain_last => 1)");
  }

  private static String ledger(String table) {
    return "summary['icestream.p." + table + ".replay-ledger']";
  }

  private void add(ReplayCommits commits, int n) {
    commits.whileUndisturbed(sink, upserts -> upserts.upsert(merge(sum() + n), ONE_UPDATED));
  }

  private int sum() {
    return spark.table(sink).filter("id = 'sum'").head().getInt(1);
  }

  private Optional<KeyedMerge> merge(int sum) {
    return Optional.of(
        new KeyedMerge(
            spark.sql("SELECT 'sum' AS id, " + sum + " AS n"), List.of("id"), List.of()));
  }

  private BatchCommits driver(TopicOffsets from, TopicOffsets to) {
    spark.sql("CREATE TABLE IF NOT EXISTS " + sink + " (id STRING, n INT) USING iceberg");
    return BatchCommits.begin(
        spark, "p", "1.0", Markers.range(from, to), Map.of(sink, Chain.GAPLESS));
  }

  private static Provenance provenance() {
    return new Provenance(new Ledger(1, 1, 0, 1, 0, 0, 0, 0), Markers.times(1), Map.of());
  }
}
