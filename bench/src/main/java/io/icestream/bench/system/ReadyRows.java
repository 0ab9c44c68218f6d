/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.Partitions;
import io.icestream.bench.workload.Encoding;
import io.icestream.bench.workload.Workload;
import java.util.List;
import java.util.Map;

/** A limit: Iceberg's own writer for Spark, given rows that are decoded already. */
final class ReadyRows implements MeasuredSystem {
  @Override
  public String label() {
    return "limit-write";
  }

  @Override
  public String title() {
    return "Limit: Iceberg's Parquet writer for Spark's rows, given decoded rows; defaults";
  }

  @Override
  public Leaves leaves() {
    return Leaves.COUNT;
  }

  @Override
  public boolean drains(Workload workload, Partitions partitions) {
    return workload.encoding() == Encoding.JSON && partitions.equals(Partitions.BY_DAY);
  }

  @Override
  public List<String> prepare(Drain drain) {
    drain.createTable(Map.of());
    return new JavaCommand(drain)
        .opens()
        .option("-Dlog4j2.configurationFile=classpath:icestream-bench-log4j2.properties")
        .option("-Dlog4j2.disableJmx=true")
        .main(
            ReadyRowsJob.class.getName(),
            List.of(JobFile.of(drain).write(drain.folder()).toString()));
  }
}
