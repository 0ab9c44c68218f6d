/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.PipelineApp;
import io.icestream.spark.RecoveryApp;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.plan.Pace;
import io.icestream.spark.recovery.Move;
import io.icestream.spark.recovery.RecoveryProgress;
import io.icestream.spark.recovery.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipeline of a combination. */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Site site;
  private final SinkMode mode;
  private final int sinksAtOnce;
  private final String name;
  private final List<String> sinks = new ArrayList<>();

  /**
   * @param site where it runs
   * @param combination what is shown
   * @param name of topic, pipeline and namespace; no other of the site has it
   */
  Pipeline(Site site, Combination combination, String name) {
    this.site = site;
    this.mode = combination.mode();
    this.sinksAtOnce = combination.sinksAtOnce();
    this.name = name;
    for (int i = 1; i <= combination.sinks(); i++) {
      this.sinks.add(name + ".s" + i);
    }
  }

  List<String> sinks() {
    return List.copyOf(sinks);
  }

  String quarantine() {
    return name + ".quarantine";
  }

  /** All tables, those that sinks have beside their own among them. */
  List<String> tables() {
    List<String> tables = new ArrayList<>(sinks);
    sinks.forEach(sink -> tables.addAll(mode.others(sink)));
    tables.add(quarantine());
    return tables;
  }

  /**
   * Runs a driver to its end.
   *
   * @param environment where
   * @return what it failed with, if it did
   */
  Optional<RuntimeException> drive(Environment environment) {
    Pace pace = new Pace(Duration.ZERO, true, Workload.BATCH, Duration.ZERO, sinksAtOnce);
    try {
      new PipelineApp(definition(), environment, pace).start().await();
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.debug("{}: the driver has ended", name, e);
      return Optional.of(e);
    }
  }

  /** Brings the tables to one place, as {@code icestream recover} does. */
  void recover(Environment environment) {
    RecoveryApp app = new RecoveryApp(site.spark(), definition(), environment);
    app.recover(app.decide(), false, Instant.now(), new Silence());
  }

  private PipelineDefinition definition() {
    StringBuilder yaml = new StringBuilder();
    yaml.append("version: 1\nname: ").append(name).append('\n');
    yaml.append("sources:\n  events:\n    kafka: { topic: ").append(name);
    yaml.append(", start: earliest }\n    format: { type: json, schema: event.avsc }\n");
    yaml.append(mode.steps());
    yaml.append("sinks:\n");
    for (String sink : sinks) {
      yaml.append("  ").append(sink).append(": { ").append(mode.settings()).append(" }\n");
    }
    yaml.append("quarantine: { table: ").append(quarantine()).append(" }\n");
    return PipelineParser.parse(site.pipelineFile(name), yaml.toString());
  }

  private record Silence() implements RecoveryProgress {
    @Override
    public void recorded(int gaps) {}

    @Override
    public void moved(Move move) {}

    @Override
    public void setAside(String path) {}

    @Override
    public void brought(Slice slice) {}
  }
}
