/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.Driver;
import io.icestream.spark.commit.Epochs;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.source.KafkaStream;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** A running pipeline. */
public final class PipelineQuery {
  private final StreamingQuery query;
  private final BatchGate gate;
  private volatile boolean stopping;

  private PipelineQuery(StreamingQuery query, BatchGate gate) {
    this.query = query;
    this.gate = gate;
  }

  /**
   * Starts a pipeline. Its tables exist.
   *
   * @param spark the session
   * @param plan what to run
   * @param graph its steps
   * @param topic its topic
   * @param client properties of Kafka clients
   * @param version version of the code, for markers
   */
  public static PipelineQuery start(
      SparkSession spark,
      QueryPlan plan,
      StepGraph graph,
      KafkaTopic topic,
      Map<String, String> client,
      String version) {
    // Before anything is read: from here on the tables stay as they are
    long epoch = Epochs.claim(spark, plan.pipeline(), tables(plan));
    Driver driver = new Driver(plan.pipeline(), version, topic.cluster(), epoch);
    OffsetLog log = new OffsetLog(plan.checkpoint(), spark.sessionState().newHadoopConf(), topic);
    String start = log.isEmpty() ? StartOffsets.of(spark, plan, topic) : "";
    MicroBatch batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), driver);
    BatchGate gate = new BatchGate();
    Dataset<Row> records =
        KafkaStream.open(spark, plan.source().kafka(), client, plan.pace(), start);
    try {
      StreamingQuery query =
          records
              .writeStream()
              .queryName(plan.pipeline())
              .option("checkpointLocation", plan.checkpoint())
              .trigger(trigger(plan.pace()))
              .foreachBatch(
                  (Dataset<Row> rows, Long id) -> gate.pass(() -> batch.run(rows, log.range(id))))
              .start();
      return new PipelineQuery(query, gate);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark did not start query " + plan.pipeline(), e);
    }
  }

  /**
   * Waits for the end: until everything is committed, if the pace says so, or until {@link #stop}.
   *
   * @throws PipelineFailure if the query failed in a way that its user can mend
   */
  public void await() {
    try {
      query.awaitTermination();
    } catch (StreamingQueryException e) {
      if (!stopping) {
        throw pipelineFailure(e).orElseThrow(() -> new IllegalStateException(e));
      }
    }
  }

  /** Lets the batch at hand finish its commits, then ends the query. Returns when it has ended. */
  public void stop() {
    stopping = true;
    gate.close(
        () -> {
          try {
            query.stop();
          } catch (TimeoutException e) {
            throw new IllegalStateException("Query " + query.name() + " does not stop", e);
          }
        });
  }

  private static List<String> tables(QueryPlan plan) {
    List<String> tables = new ArrayList<>(plan.sinks().stream().map(s -> s.table()).toList());
    tables.add(plan.quarantineTable());
    return tables;
  }

  private static Trigger trigger(Pace pace) {
    return pace.untilDrained()
        ? Trigger.AvailableNow()
        : Trigger.ProcessingTime(pace.trigger().toMillis());
  }

  private static Optional<RuntimeException> pipelineFailure(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof PipelineFailure failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
