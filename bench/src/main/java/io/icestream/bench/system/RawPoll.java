/* SPDX-License-Identifier: MIT */
package io.icestream.bench.system;

import io.icestream.bench.lake.Partitions;
import io.icestream.bench.workload.Workload;
import java.util.List;

/** A limit: all records are fetched and none is looked at. */
final class RawPoll implements MeasuredSystem {
  @Override
  public String label() {
    return "limit-poll";
  }

  @Override
  public String title() {
    return "Limit: a Kafka consumer that polls 10,000 records at once and looks at none";
  }

  @Override
  public Leaves leaves() {
    return Leaves.NOTHING;
  }

  @Override
  public boolean drains(Workload workload, Partitions partitions) {
    return true;
  }

  @Override
  public List<String> prepare(Drain drain) {
    return new JavaCommand(drain)
        .option("-Dlog4j2.configurationFile=classpath:icestream-bench-log4j2.properties")
        .option("-Dlog4j2.disableJmx=true")
        .main(
            RawPollJob.class.getName(),
            List.of(JobFile.of(drain).write(drain.folder()).toString()));
  }
}
