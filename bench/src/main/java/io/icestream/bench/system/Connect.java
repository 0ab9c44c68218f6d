/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.Partitions;
import io.icestream.bench.workload.Encoding;
import io.icestream.bench.workload.Workload;
import io.icestream.producers.kafka.ProducerSettings;
import io.icestream.producers.kafka.TopicSpec;
import io.icestream.producers.kafka.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Apache Iceberg's sink in a worker of Kafka Connect. */
final class Connect implements MeasuredSystem {
  private final RivalLibraries libraries;

  Connect(RivalLibraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public String label() {
    return "connect";
  }

  @Override
  public String title() {
    return "Kafka Connect with Apache Iceberg's sink, 2 tasks, commits by an interval";
  }

  @Override
  public Leaves leaves() {
    return Leaves.ROWS;
  }

  @Override
  public boolean drains(Workload workload, Partitions partitions) {
    return workload.encoding() == Encoding.JSON;
  }

  @Override
  public List<String> prepare(Drain drain) {
    String classPath = libraries.classPath("connect");
    drain.createTable(Map.of());
    // The broker remembers what a group of an earlier run has read
    String connector = "bench-connect-" + Instant.now().toEpochMilli();
    String control = connector + "-control";
    try (Topics topics = Topics.connect(ProducerSettings.of(drain.bootstrapServers()))) {
      topics.createIfAbsent(List.of(new TopicSpec(control, 1)));
    }
    JobFile job = JobFile.of(drain).with("connector", connector).with("control.topic", control);
    return new JavaCommand(drain)
        .main(
            classPath,
            "io.icestream.bench.rival.ConnectJob",
            List.of(job.write(drain.folder()).toString()));
  }
}
