/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.recovery.Refusal;
import io.icestream.spark.source.KafkaStream;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
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
  private final Supplier<Optional<PipelineFailure>> incident;
  private volatile boolean stopping;

  private PipelineQuery(
      StreamingQuery query, BatchGate gate, Supplier<Optional<PipelineFailure>> incident) {
    this.query = query;
    this.gate = gate;
    this.incident = incident;
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
   * @param recover the command that recovers the pipeline, for messages
   * @throws PipelineFailure if the tables, the checkpoint and the topic do not fit together
   */
  public static PipelineQuery start(
      SparkSession spark,
      QueryPlan plan,
      StepGraph graph,
      KafkaTopic topic,
      Map<String, String> client,
      String version,
      String recover) {
    StartCheck check =
        new StartCheck(
            new Situations(spark, plan, client), new Refusal(plan.checkpoint(), recover));
    String start = check.start(topic);
    OffsetLog log = new OffsetLog(plan.checkpoint(), spark.sessionState().newHadoopConf(), topic);
    MicroBatch batch = new MicroBatch(plan, graph, new Lookups(plan.lookups()), version);
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
      return new PipelineQuery(
          query, gate, () -> check.incident(KafkaTopic.find(topic.name(), client)));
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
        throw pipelineFailure(e)
            .or(() -> incident(e))
            .orElseThrow(() -> new IllegalStateException(e));
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

  private static Trigger trigger(Pace pace) {
    return pace.untilDrained()
        ? Trigger.AvailableNow()
        : Trigger.ProcessingTime(pace.trigger().toMillis());
  }

  /** Whatever Spark says: if Kafka has lost records or does not answer, that is the failure. */
  private Optional<PipelineFailure> incident(StreamingQueryException error) {
    Optional<PipelineFailure> found;
    try {
      found = incident.get();
    } catch (PipelineFailure e) {
      found = Optional.of(e);
    }
    return found.map(failure -> new PipelineFailure(failure.kind(), failure.getMessage(), error));
  }

  private static Optional<PipelineFailure> pipelineFailure(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof PipelineFailure failure) {
        return Optional.of(failure);
      }
    }
    return Optional.empty();
  }
}
