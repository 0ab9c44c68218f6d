/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.Partitions;
import io.icestream.bench.workload.Encoding;
import io.icestream.bench.workload.Workload;
import java.io.File;
import java.util.List;
import java.util.Map;

/** The Spark job that one writes by hand, with defaults or tuned. */
final class PlainSpark implements MeasuredSystem {
  private static final Map<String, String> TUNED_TABLE =
      Map.of(
          "write.distribution-mode", "none",
          "write.parquet.compression-level", "1",
          "write.metadata.compression-codec", "gzip",
          "write.metadata.delete-after-commit.enabled", "true");

  private final boolean tuned;
  private final RivalLibraries libraries;

  PlainSpark(boolean tuned, RivalLibraries libraries) {
    this.tuned = tuned;
    this.libraries = libraries;
  }

  @Override
  public String label() {
    return tuned ? "spark-tuned" : "spark";
  }

  @Override
  public String title() {
    return tuned
        ? "The same job tuned: 10,000 records a poll, no shuffle, fanout, zstd 1, gzip metadata"
        : "Plain Spark: readStream, from_json or from_avro, toTable; all defaults";
  }

  @Override
  public Leaves leaves() {
    return Leaves.ROWS;
  }

  @Override
  public boolean drains(Workload workload, Partitions partitions) {
    return true;
  }

  @Override
  public List<String> prepare(Drain drain) {
    drain.createTable(tuned ? TUNED_TABLE : Map.of());
    boolean avro = drain.workload().encoding() == Encoding.AVRO;
    String classPath = System.getProperty("java.class.path");
    if (avro) {
      classPath += File.pathSeparator + libraries.jar("spark-avro", "spark-avro_");
    }
    JobFile job =
        JobFile.of(drain)
            .with("tuned", Boolean.toString(tuned))
            .with("avro", Boolean.toString(avro));
    return new JavaCommand(drain)
        .opens()
        .option("-Dlog4j2.configurationFile=classpath:icestream-bench-log4j2.properties")
        .option("-Dlog4j2.disableJmx=true")
        .main(
            classPath,
            PlainSparkJob.class.getName(),
            List.of(job.write(drain.folder()).toString()));
  }
}
