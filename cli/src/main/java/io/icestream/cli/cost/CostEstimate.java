/* SPDX-License-Identifier: MIT */
package io.icestream.cli.cost;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.metric.PipelineSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a deployment costs a month.
 *
 * @param lines of the bill of one stage
 * @param stages how many stages there are, each of which costs the same
 * @param assumptions for a person to read
 */
record CostEstimate(List<CostLine> lines, int stages, List<String> assumptions) {
  static final String SHARED = "shared";

  private static final double HOURS = 730;
  private static final double SECONDS = HOURS * 3600;
  private static final double GB = 1e9;
  private static final double DAYS = HOURS / 24;

  /** Of a driver, and of an executor; as the start request asks for. */
  private static final double VCPUS = 2;

  private static final double MEMORY_GB = 8;

  /** Data file, manifest, manifest list and metadata of a commit to a table. */
  private static final double WRITES_PER_COMMIT = 4;

  /** Offsets, commit and metadata of Spark's checkpoint. */
  private static final double WRITES_PER_BATCH = 3;

  private static final double CONTROLLER_GB_SECONDS = 0.5;

  CostEstimate {
    lines = List.copyOf(lines);
    assumptions = List.copyOf(assumptions);
  }

  static CostEstimate of(List<PipelineDefinition> pipelines, Workload work, Prices prices) {
    Bill bill = new Bill(work.region(), prices);
    pipelines.forEach(pipeline -> pipeline(bill, pipeline, work));
    kafka(bill, pipelines, work);
    bill.add(
        SHARED,
        "VPC endpoints",
        work.number("endpoints") * work.number("zones") * HOURS,
        "vpc.endpoint");
    producers(bill, work);
    bill.add(SHARED, "alarms of the stage", work.number("alarms"), "alarm");
    bill.add(SHARED, "metrics of the controller", work.number("metrics"), "metric");
    bill.add(
        SHARED,
        "controller, a second each minute",
        HOURS * 60 * CONTROLLER_GB_SECONDS,
        "lambda.arm64");
    return new CostEstimate(bill.lines, (int) work.number("stages"), assumptions(work));
  }

  /** In dollars a month, of all stages. */
  double total() {
    return stages * lines.stream().mapToDouble(CostLine::dollars).sum();
  }

  private static void pipeline(Bill bill, PipelineDefinition pipeline, Workload work) {
    String name = pipeline.name();
    double workers = 1 + work.number("executors");
    String emr = "emr." + work.architecture();
    bill.add(name, "EMR Serverless, processors", workers * VCPUS * HOURS, emr + ".vcpu");
    bill.add(name, "EMR Serverless, memory", workers * MEMORY_GB * HOURS, emr + ".memory");
    double batches = SECONDS / Math.max(1, work.number("batch_seconds"));
    double writes = batches * (WRITES_PER_COMMIT * pipeline.sinks().size() + WRITES_PER_BATCH);
    bill.add(name, "S3, writes", writes / 1000, "s3.writes");
    double rows = work.rate(name) * 86_400 * work.number("table_days");
    bill.add(
        name,
        "S3, tables once they are full",
        rows * work.number("stored_bytes_per_row") / GB,
        "s3.storage");
    bill.add(name, "logs", work.number("log_mb_per_day") * DAYS / 1000, "logs.in");
    PipelineSeries series = PipelineSeries.of(pipeline);
    bill.add(name, "metrics in CloudWatch", series.told(), "metric");
    bill.add(name, "metrics, requests", HOURS * 60 / 1000, "metric.requests");
    bill.add(name, "alarms of the catalogue", series.alarms(), "alarm");
  }

  /** Functions that tell metrics; one of them stands for all that rings for it. */
  private static void producers(Bill bill, Workload work) {
    double producers = work.number("producers");
    if (producers > 0) {
      bill.add(SHARED, "metrics of producers", producers * PipelineSeries.ofProducer(), "metric");
      // One for each, and one for the queue of dead letters
      bill.add(SHARED, "alarms of producers", producers + 1, "alarm");
    }
  }

  private static void kafka(Bill bill, List<PipelineDefinition> pipelines, Workload work) {
    Map<String, Double> topics = new TreeMap<>();
    double read = 0;
    for (PipelineDefinition pipeline : pipelines) {
      double rate = work.rate(pipeline.name());
      for (var source : pipeline.sources().values()) {
        // What two pipelines read comes in once
        topics.merge(source.kafka().topic(), rate, Math::max);
        read += rate;
      }
    }
    double rows = topics.values().stream().mapToDouble(Double::doubleValue).sum();
    double bytes = work.number("bytes_per_row");
    double stored = rows * bytes * 3600 * work.number("retention_hours") / GB;
    double in = rows * bytes * SECONDS / GB;
    if (work.kafka().equals("serverless")) {
      bill.add(SHARED, "MSK Serverless, cluster", HOURS, "msk.serverless.cluster");
      bill.add(
          SHARED,
          "MSK Serverless, partitions",
          topics.size() * work.number("topic_partitions") * HOURS,
          "msk.serverless.partition");
      bill.add(SHARED, "MSK Serverless, in", in, "msk.serverless.in");
      bill.add(SHARED, "MSK Serverless, out", read * bytes * SECONDS / GB, "msk.serverless.out");
      bill.add(SHARED, "MSK Serverless, kept records", stored, "msk.serverless.storage");
    } else {
      bill.add(
          SHARED,
          "MSK Express, brokers m7g.large",
          work.number("brokers") * HOURS,
          "msk.express.m7g.large");
      bill.add(SHARED, "MSK Express, in", in, "msk.express.in");
      bill.add(SHARED, "MSK Express, kept records", stored, "msk.express.storage");
    }
  }

  private static List<String> assumptions(Workload work) {
    List<String> assumptions = new ArrayList<>();
    assumptions.add(
        "List prices of " + work.region() + ", 730 hours a month, no free tier, no tax");
    assumptions.add(
        work.rates().isEmpty()
            ? "Each pipeline reads " + text(work.defaultRate()) + " rows per second"
            : "Rows per second: " + work.rates() + ", others " + text(work.defaultRate()));
    work.numbers().forEach((key, value) -> assumptions.add(key + ": " + text(value)));
    assumptions.add("Kafka keeps one copy that is paid for; each source reads each record once");
    assumptions.add("Drivers and executors have 2 vCPU and 8 GB and run all the time");
    assumptions.add(
        "Each batch writes 4 objects for each sink and 3 for the checkpoint; reads, maintenance,"
            + " former versions, queries of Athena, dashboards, and what producers do but for"
            + " their metrics and alarms are not counted");
    assumptions.add(
        "Each metric with each combination of its tags is billed once a rule has met a row, the"
            + " first 10,000 of an account at this price; jobs tell them once a minute");
    return assumptions;
  }

  static String text(double value) {
    return value == Math.rint(value)
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  private static final class Bill {
    private final String region;
    private final Prices prices;
    private final List<CostLine> lines = new ArrayList<>();

    Bill(String region, Prices prices) {
      this.region = region;
      this.prices = prices;
    }

    void add(String of, String what, double amount, String price) {
      lines.add(new CostLine(of, what, amount, prices.of(region, price)));
    }
  }
}
