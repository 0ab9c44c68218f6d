/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

import io.icestream.spark.commit.BatchCommits;
import io.icestream.spark.commit.BatchRange;
import io.icestream.spark.commit.Driver;
import io.icestream.spark.commit.Fence.Chain;
import io.icestream.spark.commit.LoadedTables;
import io.icestream.spark.commit.Provenance;
import io.icestream.spark.commit.QuarantineRows;
import io.icestream.spark.commit.RouteIndex;
import io.icestream.spark.commit.TopicOffsets;
import io.icestream.spark.decode.DecodedBatch;
import io.icestream.spark.decode.EventAges;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.query.SchemaEvolution.Checked;
import io.icestream.spark.schema.SchemaDrift;
import io.icestream.spark.sink.SinkWrite;
import io.icestream.spark.source.RawRecords;
import io.icestream.spark.transform.Lookups;
import io.icestream.spark.transform.StepGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One batch: decoded once, run through the steps, committed to each sink that does not have it, the
 * quarantine first and then several sinks at once.
 */
final class MicroBatch {
  private static final Logger LOG = LoggerFactory.getLogger(MicroBatch.class);

  private final LoadedTables loaded = new LoadedTables();
  private final SchemaEvolution evolution = new SchemaEvolution();
  private final Lookups lookups;
  private final Driver driver;
  private final BatchListener listener;
  private final Map<String, Chain> chains = new LinkedHashMap<>();
  private final Map<String, RouteIndex> indexes = new HashMap<>();
  private Optional<TopicOffsets> committed = Optional.empty();
  private QueryPlan plan;
  private StepGraph graph;

  /**
   * @param plan what runs
   * @param graph its steps
   * @param lookups its lookup tables
   * @param version version of the code
   */
  MicroBatch(QueryPlan plan, StepGraph graph, Lookups lookups, String version) {
    this(plan, graph, lookups, Driver.unnumbered(plan.pipeline(), version));
  }

  /**
   * @param plan what runs
   * @param graph its steps
   * @param lookups its lookup tables
   * @param driver who commits
   */
  MicroBatch(QueryPlan plan, StepGraph graph, Lookups lookups, Driver driver) {
    this(plan, graph, lookups, driver, BatchListener.NONE);
  }

  /**
   * @param plan what runs
   * @param graph its steps
   * @param lookups its lookup tables
   * @param driver who commits
   * @param listener is told what became of each batch
   */
  MicroBatch(
      QueryPlan plan, StepGraph graph, Lookups lookups, Driver driver, BatchListener listener) {
    this.plan = plan;
    this.graph = graph;
    this.lookups = lookups;
    this.driver = driver;
    this.listener = listener;
    plan.sinks().forEach(sink -> chains.put(sink.table(), Chain.GAPLESS));
    chains.put(plan.quarantineTable(), Chain.SPARSE);
  }

  /**
   * Runs a batch. May be called again for the same range.
   *
   * @param records raw Kafka records
   * @param range what they are
   */
  void run(RawRecords records, BatchRange range) {
    run(records, range, chains.keySet(), true);
  }

  /**
   * Runs what some table has already for those that have not. It need not be a whole batch, and has
   * met the expectations on batches when it was one: they are not looked at.
   *
   * @param records raw Kafka records
   * @param range what they are
   * @param tables the tables that do not have later batches already
   */
  void runAgain(RawRecords records, BatchRange range, Set<String> tables) {
    run(records, range, tables, false);
  }

  private void run(RawRecords records, BatchRange range, Set<String> tables, boolean isWholeBatch) {
    if (range.offsets() == 0) {
      return; // the first batch of an empty topic
    }
    SparkSession spark = records.session();
    // A streaming query switches this off for its own plan; a batch's inner queries have no state
    spark.conf().set("spark.sql.adaptive.enabled", "true");
    Map<String, Chain> looked = new LinkedHashMap<>(chains);
    looked.keySet().retainAll(tables); // tables of values join below
    BatchCommits commits = BatchCommits.begin(spark, driver, range, looked, loaded);
    commits.tell(listener);
    if (commits.isComplete()) {
      listener.finished(range, 0, Map.of(), EventAges.NONE);
      return;
    }
    joinRouted(spark, commits, range);
    Map<String, Long> joined = lookups.show(spark, commits.pinnedLookups());
    try (ReadBatch read = read(records, commits);
        BatchSteps steps = BatchSteps.run(spark, plan, graph, read.decoded())) {
      DecodedBatch decoded = read.decoded();
      commits.use(read.direct());
      range.requireRoomFor(decoded.counts().records());
      if (isWholeBatch) {
        steps.requireExpected(Optional.of(range.time()));
      }
      List<SinkWrite> writes = SinkWrite.all(plan, graph);
      steps.admit(writes, RouteAdmission.ofBatch(spark, plan, commits, indexes));
      Provenance provenance =
          new Provenance(
              steps.tally(plan.source().name()).ledger(range.offsets(), 0, 0),
              decoded.eventTimes(),
              joined);
      quarantine(commits, steps, range, provenance.withUnmet(steps.quarantinedBy()));
      SinkTurns turns = new SinkTurns(plan.pace().sinksAtOnce());
      List<Runnable> before = new ArrayList<>();
      List<Runnable> sinks = new ArrayList<>();
      for (SinkWrite write : writes) {
        if (commits.isDue(write.sink().table())) {
          Provenance own = provenance.withUnmet(steps.unmet(write.sink().from()));
          before.addAll(write.commitsBefore(commits, steps, range.offsets(), own));
          sinks.add(() -> write.commit(commits, steps, range.offsets(), own));
        }
      }
      turns.take(before);
      turns.take(sinks);
      listener.finished(range, provenance.ledger().read(), steps.unmet(), decoded.counts().ages());
    }
    committed = Optional.of(range.to());
  }

  /**
   * An attempt at this batch that got as far as the table of a value has pinned its lookups there.
   * None has been if the batch before was this driver's, and the last thing that it did.
   */
  private void joinRouted(SparkSession spark, BatchCommits commits, BatchRange range) {
    if (!committed.equals(Optional.of(range.from()))) {
      RoutedTables.names(spark, plan).stream()
          .filter(table -> spark.catalog().tableExists(table))
          .forEach(commits::join);
    }
    committed = Optional.empty();
  }

  /**
   * Decodes a batch, again whenever the columns could follow what its payloads asked for. Each time
   * there are more columns or wider ones than before, so it comes to an end.
   */
  private ReadBatch read(RawRecords records, BatchCommits commits) {
    while (true) {
      ReadBatch read = ReadBatch.of(records, plan, graph, commits, loaded);
      try {
        SchemaDrift drift = read.decoded().drift();
        Optional<Checked> evolved = evolution.follow(records.session(), plan, drift);
        if (evolved.isEmpty()) {
          warnOfIgnored(drift);
          return read;
        }
        plan = evolved.get().plan();
        graph = evolved.get().graph();
      } catch (RuntimeException e) {
        read.close();
        throw e;
      }
      read.close();
    }
  }

  private void warnOfIgnored(SchemaDrift drift) {
    if (!drift.ignored().isEmpty()) {
      LOG.warn(
          "Source {}: fields without a column were left out: {}",
          plan.source().name(),
          drift.ignored());
    }
  }

  private void quarantine(
      BatchCommits commits, BatchSteps steps, BatchRange range, Provenance provenance) {
    String table = plan.quarantineTable();
    long count = steps.rejectedCount();
    if (count > 0 && commits.isDue(table)) {
      Dataset<Row> rows =
          QuarantineRows.of(steps.rejected(), plan.pipeline(), driver.version(), range.time());
      commits.append(table, rows, count, provenance.with(steps.quarantineLedger(range.offsets())));
      listener.quarantined(steps.quarantinedWhy());
    }
  }
}
