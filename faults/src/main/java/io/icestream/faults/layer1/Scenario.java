/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.inject.Event;
import io.icestream.faults.inject.Fault;
import io.icestream.faults.inject.Injector;
import io.icestream.faults.inject.Neighbours;
import io.icestream.faults.lake.LakeReader;
import io.icestream.faults.oracle.Oracle;
import io.icestream.faults.oracle.ProducedLog;
import io.icestream.faults.oracle.QuarantineModel;
import io.icestream.faults.oracle.SinkState;
import io.icestream.faults.oracle.SinkState.Chain;
import io.icestream.faults.oracle.Violation;
import io.icestream.faults.oracle.Violation.Rule;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** One combination, from an empty topic to the verdict. */
final class Scenario implements Neighbours {
  private static final int STRUCK_BATCH = 2;

  private final Site site;
  private final Combination combination;
  private final String name;
  private final Pipeline pipeline;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * @param site where it takes place
   * @param combination what is shown
   * @param name of topic, pipeline and namespace; no other combination of the site has it
   */
  Scenario(Site site, Combination combination, String name) {
    this.site = site;
    this.combination = combination;
    this.name = name;
    this.pipeline = new Pipeline(site, combination, name);
  }

  /**
   * Runs it; once only.
   *
   * @param seed of the records
   * @param fenceOff whether drivers do not look at what the tables have
   * @return what is wrong; empty if nothing is
   */
  List<Violation> run(long seed, boolean fenceOff) {
    Workload workload = Workload.of(seed);
    ProducedLog log = workload.acknowledged(site.broker().produce(name, workload));
    String table = combination.target().table(pipeline.sinks(), pipeline.quarantine());
    Fault fault = new Fault(combination.event(), combination.point(), table, STRUCK_BATCH);
    try (Injector injector = Injector.install(fault, fenceOff, this)) {
      Optional<RuntimeException> first = pipeline.drive(site.environment());
      if (!injector.hasStruck()) {
        return List.of(notReached(first));
      }
      if (combination.event() == Event.SECOND_DRIVER) {
        requireFenced(first);
      } else {
        injector.revive();
        goOn(site.environment());
      }
      recount(log);
      return List.copyOf(violations);
    } finally {
      site.broker().delete(name);
    }
  }

  @Override
  public void compact(String table) {
    site.maintenance().compact(table);
  }

  @Override
  public void expire(String table) {
    site.maintenance().expire(table);
  }

  /** The second driver has what the first one has planned, in a checkpoint of its own. */
  @Override
  public void takeOver() {
    site.copyCheckpoint(name);
    SparkSession.setActiveSession(site.spark().newSession());
    goOn(site.elsewhere());
  }

  /** What happens to the pipeline until the next driver starts, and that driver. */
  private void goOn(Environment environment) {
    try {
      switch (combination.restart()) {
        case PLAIN -> {}
        case CHECKPOINT_LOST -> {
          site.deleteCheckpoint(name, environment);
          pipeline.recover(environment);
        }
        case COMPACTED -> pipeline.tables().forEach(this::compactAndExpire);
      }
      pipeline.drive(environment).ifPresent(this::stuck);
    } catch (RuntimeException e) {
      stuck(e);
    }
  }

  private void compactAndExpire(String table) {
    compact(table);
    expire(table);
  }

  private void recount(ProducedLog log) {
    LakeReader reader = new LakeReader(site.catalog(), name);
    for (String table : pipeline.tables()) {
      if (!reader.leftOver(table).isEmpty()) {
        site.maintenance().removeOrphans(table);
      }
    }
    List<SinkState> states = new ArrayList<>();
    for (String sink : pipeline.sinks()) {
      states.add(reader.read(sink, combination.mode().model(), Chain.GAPLESS));
      combination.mode().others(sink).forEach(t -> violations.addAll(reader.checkFiles(t)));
    }
    states.add(reader.read(pipeline.quarantine(), new QuarantineModel(), Chain.SPARSE));
    violations.addAll(Oracle.check(log, states));
  }

  private void requireFenced(Optional<RuntimeException> end) {
    boolean fenced =
        end.flatMap(PipelineFailure::in).filter(f -> f.kind() == Kind.FENCED).isPresent();
    if (!fenced) {
      String found = end.map(Causes::describe).orElse("no failure");
      violations.add(
          new Violation(Rule.EXIT, "", "the first driver has to end as fenced; found: " + found));
    }
  }

  private void stuck(RuntimeException failure) {
    String detail = "the next driver does not get on: " + Causes.describe(failure);
    violations.add(new Violation(Rule.STUCK, "", detail));
  }

  private static Violation notReached(Optional<RuntimeException> failure) {
    return new Violation(
        Rule.NOT_REACHED,
        "",
        failure
            .map(e -> "the driver failed before the fault: " + Causes.describe(e))
            .orElse("the driver ran to its end without the fault"));
  }
}
