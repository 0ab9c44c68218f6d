/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.spark.LocalSpark;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.LivePipeline;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Quarantined rows of a sink that keeps the newest row of each key. */
class ChangeReplayTest {
  private static final String YAML =
      """
      version: 1
      name: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: json, schema: reading.avsc }
      steps:
        checked:
          sql: SELECT * FROM readings
          expect:
            in_range: { check: value >= %2$d, else: quarantine }
      sinks:
        %1$s_newest: { from: checked, mode: upsert, key: [device], order_by: [t] }
      quarantine: { table: %1$s_bad }
      """;

  private final SparkSession spark = LocalSpark.session();
  private final String tables = LocalSpark.freshTable();
  private final LivePipeline live = new LivePipeline(YAML.formatted(tables, 0));

  @Test
  void takesItsPlaceInTheOrderOnceHoweverOftenTheReplayRuns() {
    // given
    live.reading("a", 0, "5");
    live.reading("a", 100, "-1");
    live.reading("b", 101, "-2");
    live.reading("a", 200, "7");
    live.drain();
    assertThat(newest()).containsExactly("[a,7]");

    // when
    assertThatThrownBy(() -> replay(new Crash()).run(Optional.empty()))
        .isInstanceOf(UnsupportedOperationException.class);
    replay(ReplayProgress.NONE).run(Optional.empty());
    replay(ReplayProgress.NONE).run(Optional.empty());

    // then
    assertThat(newest()).containsExactly("[a,7]", "[b,-2]");
    assertThat(
            LocalSpark.sorted(
                spark.table(tables + "_bad").selectExpr("offset", "state", "resolution")))
        .containsExactly("[1,resolved,written]", "[2,resolved,written]");
  }

  private List<String> newest() {
    return LocalSpark.sorted(spark.table(tables + "_newest").select("device", "value"));
  }

  private Replay replay(ReplayProgress progress) {
    QueryPlan plan = ReplayPlan.of(LivePipeline.plan(YAML.formatted(tables, -9)));
    return new Replay(spark, plan, LivePipeline.graph(plan), "1.0", progress);
  }

  /** Ends a replay between the commit of its sink and that of the quarantine. */
  private static final class Crash implements ReplayProgress {
    @Override
    public void committed(String sink) {
      throw new UnsupportedOperationException();
    }
  }
}
