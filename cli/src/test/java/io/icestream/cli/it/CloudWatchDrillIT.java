/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.icestream.cli.it.EmulatedCloudWatch.TemplateAlarm;
import io.icestream.cli.process.Command;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import io.icestream.model.metric.Metric;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Faults as the alarms of the watch stack's template see them, in an emulated CloudWatch. Takes a
 * quarter of an hour, most of it waiting for windows to pass: {@code grafana/cloudwatch-drill}
 * starts it. That a table is stale is told by the probe; that the pipeline is down, by silence.
 */
@ExtendWith(SharedStack.class)
@EnabledIfSystemProperty(named = CloudWatchDrillIT.ENDPOINT, matches = "http.+")
class CloudWatchDrillIT {
  static final String ENDPOINT = "icestream.cloudwatch.endpoint";

  private static final String PIPELINE = "iot-telemetry";
  private static final String TOPIC = "iot.readings";
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private EmulatedCloudWatch cloudWatch;

  @Test
  void ringsForADeadJobAStalledPartitionAndPoisonAndFallsSilentAfterTheRepair(Stack stack)
      throws Exception {
    Path environment = environment(stack, System.getProperty(ENDPOINT));
    Path pipeline = Workspace.root().resolve("pipelines/iot-telemetry.yaml");
    Command command =
        stack.command().with("AWS_ACCESS_KEY_ID", "test").with("AWS_SECRET_ACCESS_KEY", "test");
    try (EmulatedCloudWatch emulated =
        new EmulatedCloudWatch(URI.create(System.getProperty(ENDPOINT)))) {
      cloudWatch = emulated;
      List<TemplateAlarm> alarms = EmulatedCloudWatch.alarms(PIPELINE);
      assertThat(alarms).hasSizeGreaterThan(15);
      alarms.forEach(cloudWatch::put);
      TemplateAlarm stale = alarm(alarms, "iot-telemetry-table-stale-iot.readings");
      TemplateAlarm down = alarm(alarms, "iot-telemetry-pipeline-down");
      TemplateAlarm poisoned = alarm(alarms, "iot-telemetry-quarantine-burst-decode");
      Object[] run = {"run", pipeline, "--environment", environment, "--trigger", "500ms"};
      RunningCommand job = command.start(run);
      RunningCommand probe = command.start("probe", "--environment", environment, "--every", "2");
      RunningCommand producer =
          command.start(
              "produce", "iot", "--topic", TOPIC, "--count", 40_000, "--rate", 20, "--bad", 0);
      try {
        until("all is well", () -> told(Metric.ROWS_READ) > 0 && !holds(stale) && !holds(down));
        until("the emulator says so", () -> cloudWatch.state(stale).equals("OK"));

        // A job that dies
        Instant killed = Instant.now();
        var unused = job.kill();
        until("the table is stale", () -> holds(stale));
        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofMinutes(2));
        until("the job is down", () -> holds(down));
        until("the emulator rings: stale", () -> cloudWatch.state(stale).equals("ALARM"));
        until("the emulator rings: down", () -> cloudWatch.state(down).equals("ALARM"));
        job = command.start(run);
        until("the table is fresh", () -> !holds(stale) && !holds(down));
        until("the emulator is silent: stale", () -> cloudWatch.state(stale).equals("OK"));

        // Records that are no readings
        poison(stack, 150);
        until("the burst is seen", () -> holds(poisoned));
        until("the emulator rings: poison", () -> cloudWatch.state(poisoned).equals("ALARM"));

        // A partition that a transaction holds up, while others go on
        try (KafkaProducer<byte[], byte[]> hanging = producer(stack, "drill")) {
          hanging.initTransactions();
          hanging.beginTransaction();
          hanging.send(new ProducerRecord<>(TOPIC, 1, null, "x".getBytes(UTF_8))).get();
          until(
              "the backlog is old though rows are read",
              () -> newest(Metric.LAG_SECONDS) > 60 && told(Metric.ROWS_READ) > 0);
          hanging.abortTransaction();
        }
        until("nothing is old", () -> isBetween(0, newest(Metric.LAG_SECONDS), 20));
        until("the burst is over", () -> !holds(poisoned));
      } finally {
        var ended = List.of(job.terminate(), probe.terminate(), producer.terminate());
        assertThat(ended).hasSize(3);
      }
    }
  }

  private void until(String what, BooleanSupplier isSo) {
    Instant from = Instant.now();
    await(what).atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(isSo::getAsBoolean);
    System.out.println(
        "drill: " + what + " after " + Duration.between(from, Instant.now()).toSeconds() + " s");
  }

  private static boolean isBetween(double least, double value, double most) {
    return least <= value && value <= most;
  }

  private boolean holds(TemplateAlarm alarm) {
    return cloudWatch.holds(alarm, Instant.now());
  }

  /** What a counter of the pipeline has grown by in the last minute. */
  private double told(Metric metric) {
    return cloudWatch
        .value(
            metric.cloudWatch(),
            Map.of("pipeline", PIPELINE),
            metric.statistic(),
            MINUTE,
            Instant.now())
        .orElse(0);
  }

  /** The value of a gauge of the pipeline, of the last seconds. */
  private double newest(Metric metric) {
    return cloudWatch
        .value(
            metric.cloudWatch(),
            Map.of("pipeline", PIPELINE),
            metric.statistic(),
            Duration.ofSeconds(10),
            Instant.now())
        .orElse(-1);
  }

  private static TemplateAlarm alarm(List<TemplateAlarm> alarms, String name) {
    return alarms.stream().filter(each -> each.name().endsWith(name)).findAny().orElseThrow();
  }

  private static void poison(Stack stack, int records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer(stack, null)) {
      for (int i = 0; i < records; i++) {
        producer.send(new ProducerRecord<>(TOPIC, ("no reading " + i).getBytes(UTF_8))).get();
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Stack stack, String transaction) {
    Map<String, Object> settings = new HashMap<>(stack.environment().kafka());
    if (transaction != null) {
      settings.put("transactional.id", transaction);
      settings.put("transaction.timeout.ms", "600000");
    }
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Path environment(Stack stack, String endpoint) throws IOException {
    String text =
        Files.readString(stack.environmentFile())
            + """

            metrics.cloudwatch=true
            metrics.cloudwatch.endpoint=%s
            metrics.cloudwatch.region=%s
            metrics.cloudwatch.step=5s
            metrics.interval=2s
            """
                .formatted(endpoint, EmulatedCloudWatch.REGION);
    return Files.writeString(Workspace.emptyFolder("drill-environment").resolve("e"), text);
  }
}
