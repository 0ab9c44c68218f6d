/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.Problem;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.source.RawRecord;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.table.TableProvisioning;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A pipeline over device readings whose batches are run by hand, for tests of other packages. */
public final class LivePipeline {
  public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private static final StructType READING =
      new StructType()
          .add("device", DataTypes.StringType, false)
          .add("t", DataTypes.TimestampType, false)
          .add("value", DataTypes.IntegerType);
  private final List<String> payloads = new ArrayList<>();
  private final MicroBatch batch;
  private int done;

  /** Starts a pipeline, whose tables are created. */
  public LivePipeline(String yaml) {
    QueryPlan plan = plan(yaml);
    StepGraph graph = graph(plan);
    SinkTables.of(plan, graph).forEach(new TableProvisioning(LocalSpark.session())::provide);
    batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), "1.0");
  }

  /** What a pipeline file resolves to. */
  public static QueryPlan plan(String yaml) {
    return QueryPlan.of(
        PipelineParser.parse(Path.of("p.yaml"), yaml),
        READING,
        new Environment(Map.of(), "lake", Map.of(), "/c", Map.of()),
        new Pace(Pace.DEFAULT_TRIGGER, true, 100));
  }

  /** Its steps. */
  public static StepGraph graph(QueryPlan plan) {
    List<Problem> problems = new ArrayList<>();
    StepGraph graph = StepGraph.check(LocalSpark.session(), plan, problems);
    assertThat(problems).isEmpty();
    return graph;
  }

  /** Produces a reading. */
  public void reading(String device, int second, String value) {
    record(
        "{\"device\": \"%s\", \"t\": \"%s\", \"value\": %s}"
            .formatted(device, NOON.plusSeconds(second), value));
  }

  /** Produces a record. */
  public void record(String payload) {
    payloads.add(payload);
  }

  /** Runs a batch of all that was produced since the last. */
  public void drain() {
    int from = done;
    done = payloads.size();
    List<Row> rows = new ArrayList<>();
    for (int offset = from; offset < done; offset++) {
      byte[] payload = payloads.get(offset).getBytes(UTF_8);
      Timestamp time = Timestamp.from(NOON.plusSeconds(3_600));
      rows.add(RowFactory.create(null, payload, "iot", 0, (long) offset, time, 0, null));
    }
    batch.run(
        RawRecords.of(LocalSpark.rows(RawRecord.COLUMNS, rows).coalesce(1)),
        new BatchRange(from, at(from), at(done), NOON, from == 0));
  }

  private static TopicOffsets at(long offset) {
    return new TopicOffsets("topic-id", new TreeMap<>(Map.of(0, offset)));
  }
}
