/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.CrashPoint;
import io.icestream.spark.commit.Driver;
import io.icestream.spark.commit.Epochs;
import io.icestream.spark.commit.FaultHooks;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import io.icestream.spark.failure.TransientFault;
import io.icestream.spark.maintenance.Upkeep;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.recovery.Refusal;
import io.icestream.spark.source.KafkaRecords;
import io.icestream.spark.source.KafkaStream;
import io.icestream.spark.source.KafkaTopic;
import io.icestream.spark.source.TopicWatch;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running pipeline. A fault that passes by itself ends Spark's query, and another one takes up
 * from the same checkpoint: all commits are fenced, so a batch may be run again.
 */
public final class PipelineQuery {
  private static final Logger LOG = LoggerFactory.getLogger(PipelineQuery.class);

  private final SparkSession spark;
  private final QueryPlan plan;
  private final KafkaTopic topic;
  private final Map<String, String> client;
  private final MicroBatch batch;
  private final StartCheck check;
  private final BatchListener listener;
  private final TopicWatch watch;
  private final KafkaRecords records;
  private final Upkeep upkeep;
  private final BatchGate gate = new BatchGate();
  private final AtomicLong batches = new AtomicLong();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private volatile StreamingQuery query;

  private PipelineQuery(
      SparkSession spark,
      QueryPlan plan,
      KafkaTopic topic,
      Map<String, String> client,
      MicroBatch batch,
      StartCheck check,
      BatchListener listener) {
    this.spark = spark;
    this.plan = plan;
    this.topic = topic;
    this.client = client;
    this.batch = batch;
    this.check = check;
    this.listener = listener;
    this.watch = new TopicWatch(topic, client);
    this.records = new KafkaRecords(topic, client);
    this.upkeep = new Upkeep(plan.tables());
  }

  /**
   * Starts a pipeline. Its tables exist.
   *
   * @param spark the session
   * @param plan what to run
   * @param graph its steps
   * @param topic its topic
   * @param client properties of Kafka clients
   * @param launch what surrounds it
   * @throws PipelineFailure if the tables, the checkpoint and the topic do not fit together
   */
  public static PipelineQuery start(
      SparkSession spark,
      QueryPlan plan,
      StepGraph graph,
      KafkaTopic topic,
      Map<String, String> client,
      Launch launch) {
    // Before anything is read: from here on the tables stay as they are
    long epoch = Epochs.claim(spark, plan.pipeline(), plan.tables());
    RoutedTables.takeOver(spark, plan, graph, epoch);
    Driver driver =
        new Driver(plan.pipeline(), launch.version(), topic.cluster(), epoch, plan.rules());
    MicroBatch batch =
        new MicroBatch(plan, graph, new Lookups(plan.lookups()), driver, launch.listener());
    StartCheck check =
        new StartCheck(
            new Situations(spark, plan, client),
            new Refusal(plan.checkpoint(), plan.rules(), launch.recover()));
    PipelineQuery pipeline =
        new PipelineQuery(spark, plan, topic, client, batch, check, launch.listener());
    pipeline.open();
    return pipeline;
  }

  /**
   * Waits for the end: until everything is committed, if the pace says so, or until {@link #stop}.
   *
   * @throws PipelineFailure if the query failed in a way that its user can mend, or if a fault has
   *     not passed within the time that the pace gives
   */
  public void await() {
    try {
      keepRunning();
    } finally {
      watch.close();
      listener.close();
      upkeep.close();
    }
  }

  private void keepRunning() {
    Outage outage = new Outage(plan.pace().retryFor());
    boolean ended = false;
    while (!ended) {
      try {
        open();
        query.awaitTermination();
        ended = true;
      } catch (StreamingQueryException | RuntimeException e) {
        ended = isStopping() || rest(outage.after(explained(e), batches.get(), Instant.now()), e);
      }
    }
  }

  /**
   * Lets the batch at hand finish its commits, then ends the query. Returns when it has ended. A
   * batch that waits for a fault to pass is left to the next start.
   */
  public void stop() {
    synchronized (this) {
      stopping.countDown();
    }
    gate.close(
        () -> {
          try {
            query.stop();
          } catch (TimeoutException e) {
            throw new IllegalStateException("Query " + query.name() + " does not stop", e);
          }
        });
  }

  /**
   * What Spark says of lost records has many forms: Kafka and the tables tell whether it is that.
   */
  private Throwable explained(Throwable failure) {
    boolean known =
        TransientFault.in(failure).isPresent() || PipelineFailure.in(failure).isPresent();
    return known ? failure : check.explained(failure, topic.name(), client);
  }

  /** Starts Spark's query unless one is running, or the pipeline is about to stop. */
  private synchronized void open() {
    if (isStopping() || (query != null && query.exception().isEmpty())) {
      return;
    }
    OffsetLog log = new OffsetLog(plan.checkpoint(), spark.sessionState().newHadoopConf(), topic);
    String start = query == null ? check.start(topic) : check.startAgain(topic.name(), client);
    try {
      query =
          KafkaStream.open(
                  spark, plan.pipeline(), plan.source().kafka(), client, plan.pace(), start)
              .writeStream()
              .queryName(plan.pipeline())
              .option("checkpointLocation", plan.checkpoint())
              .trigger(trigger(plan.pace()))
              .foreachBatch((Dataset<Row> rows, Long id) -> gate.pass(() -> run(rows, log, id)))
              .start();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark did not start query " + plan.pipeline(), e);
    }
  }

  private void run(Dataset<Row> rows, OffsetLog log, long id) {
    FaultHooks.reach(CrashPoint.BATCH_PLANNED);
    if (watch.hasChanged()) {
      check.startAgain(topic.name(), client);
      throw new PipelineFailure(
          Kind.FENCED,
          "Topic '"
              + topic.name()
              + "' has been created again since the pipeline started: its offsets mean other"
              + " records. Nothing of it is committed. Start the pipeline again.");
    }
    BatchRange range = log.range(id);
    SparkSession session = rows.sparkSession();
    batch.run(records.read(session, range.from().partitions(), range.to().partitions()), range);
    FaultHooks.reach(CrashPoint.BEFORE_COMMIT_LOG);
    batches.incrementAndGet();
    upkeep.committed(session, id);
  }

  /** Waits before the next attempt; whether the pipeline is to stop instead. */
  private boolean rest(Duration wait, Throwable failure) {
    LOG.atWarn()
        .addKeyValue("pipeline", plan.pipeline())
        .addKeyValue("wait_ms", wait.toMillis())
        .log(
            "The pipeline is held up and will try again: {}",
            TransientFault.in(failure).map(Outage::firstLine).orElse(""));
    LOG.debug("What holds it up", failure);
    try {
      return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private static Trigger trigger(Pace pace) {
    return pace.untilDrained()
        ? Trigger.AvailableNow()
        : Trigger.ProcessingTime(pace.trigger().toMillis());
  }
}
