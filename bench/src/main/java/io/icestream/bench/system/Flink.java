/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.Partitions;
import io.icestream.bench.workload.Encoding;
import io.icestream.bench.workload.Workload;
import java.util.List;
import java.util.Map;

/** Flink's SQL with its Kafka source and Iceberg's sink, in one process. */
final class Flink implements MeasuredSystem {
  private final RivalLibraries libraries;

  Flink(RivalLibraries libraries) {
    this.libraries = libraries;
  }

  @Override
  public String label() {
    return "flink";
  }

  @Override
  public String title() {
    return "Flink SQL with the Iceberg sink, parallelism 2, commits by a checkpoint interval";
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
    String classPath = libraries.classPath("flink");
    drain.createTable(Map.of());
    return new JavaCommand(drain)
        .opens()
        .main(
            classPath,
            "io.icestream.bench.rival.FlinkJob",
            List.of(JobFile.of(drain).write(drain.folder()).toString()));
  }
}
