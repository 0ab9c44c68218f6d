/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.icestream.cli.process.Command;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricTag;
import io.icestream.spark.source.PartitionLag;
import io.icestream.spark.source.TopicProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a running pipeline tells of itself, to Prometheus and to Kafka's own tools. */
@ExtendWith(SharedStack.class)
@TestInstance(Lifecycle.PER_CLASS)
class MetricsIT {
  private static final String PIPELINE = "metrics-iot";
  private static final String TOPIC = "mtr.readings";
  private static final long RECORDS = 5_000;

  private static final Pattern NAME = Pattern.compile("icestream_\\w+");
  private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");

  private Path file;

  @BeforeAll
  void produce(Stack stack) throws InterruptedException, ExecutionException {
    file =
        Workspace.copyOf(
            "iot-telemetry.yaml",
            Workspace.emptyFolder("metrics"),
            Map.of("name: iot-telemetry", "name: " + PIPELINE, "iot.", "mtr."));
    create(stack, TOPIC);
    stack.command().run("produce", "iot", "--topic", TOPIC, "--count", RECORDS).succeeded();
  }

  @Test
  void tellsBothBackendsAllThatDashboardsAndAlarmsAskFor(Stack stack) throws IOException {
    // given
    Path targets = stack.home().resolve("metrics");
    Path target = targets.resolve(PIPELINE + ".json");
    Path outside = targets.resolve("freshness.probe.json");
    try (CloudWatchServer cloudWatch = new CloudWatchServer()) {
      Path environment = environment(stack, cloudWatch);
      Command command =
          stack.command().with("AWS_ACCESS_KEY_ID", "test").with("AWS_SECRET_ACCESS_KEY", "test");
      RunningCommand run =
          command.start("run", file, "--environment", environment, "--trigger", "200ms");
      RunningCommand probe = command.start("probe", "--environment", environment, "--every", "1");

      // when
      Set<String> told = new TreeSet<>();
      try {
        await()
            .atMost(Duration.ofMinutes(2))
            .failFast("The pipeline has ended", run::requireAlive)
            .until(
                () -> {
                  Scrape scrape = scrape(target);
                  told.addAll(scrape.shapes());
                  told.addAll(scrape(outside).shapes());
                  return scrape.value("icestream_rows_read_total") == RECORDS
                      && told.containsAll(prometheusShapes())
                      && cloudWatch.shapes().containsAll(cloudWatchShapes());
                });
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () -> {
                  Scrape scrape = scrape(target);
                  assertThat(scrape.value("icestream_lag_records")).isZero();
                  assertThat(scrape.value("icestream_lag_seconds")).isZero();
                  assertThat(scrape.shapes())
                      .as("told by the pipeline itself, too")
                      .contains("icestream_table_freshness_seconds(pipeline,table)");
                  assertThat(scrape.value("icestream_table_freshness_seconds")).isZero();
                  assertThat(lag(stack)).as("lag of the group").isZero();
                });
        assertThat(stack.command().run("top").succeeded().out())
            .containsPattern(PIPELINE + " +mtr.readings +running")
            .doesNotContain("\u001b");
        assertThat(stack.command().run("doctor").succeeded().out())
            .containsPattern("ok +process " + PIPELINE)
            .doesNotContain("fail ");
        assertThat(stack.command().run("status", "--format", "json").succeeded().out())
            .contains("\"name\" : \"" + PIPELINE + "\"")
            .doesNotContain("freshness.probe");
      } finally {
        run.terminate();
        probe.terminate();
      }

      // then
      assertThat(told).isEqualTo(prometheusShapes());
      assertThat(cloudWatch.shapes()).isEqualTo(cloudWatchShapes());
      // What is asked of functions is in FunctionsIT
      assertThat(cloudWatch.shapes())
          .containsAll(
              GrafanaQueries.ofCloudWatch().stream()
                  .filter(query -> query.contains(MetricTag.PIPELINE.key()))
                  .toList());
      assertThat(GrafanaQueries.ofPrometheus())
          .hasSizeGreaterThan(40)
          .allSatisfy(query -> assertAnswered(query, told));
    }
    assertThat(target).doesNotExist();
    assertThat(outside).doesNotExist();
  }

  @Test
  void tellsTheAgeOfTheOnePartitionThatStandsStill(Stack stack)
      throws InterruptedException, ExecutionException {
    // given
    String topic = "mtr.stalled";
    Map<String, String> client = stack.environment().kafka();
    create(stack, topic);
    stack.command().run("produce", "iot", "--topic", topic, "--count", 600).succeeded();
    try (TopicProbe probe = new TopicProbe(topic, client, "mtr-stalled")) {
      Map<Integer, Long> ends = new TreeMap<>();
      probe.look(Map.of()).forEach((partition, lag) -> ends.put(partition, lag.latest()));
      Map<Integer, Long> stalled = new TreeMap<>(ends);
      stalled.put(1, ends.get(1) - 7);

      // when
      Map<Integer, PartitionLag> lags = probe.look(stalled);
      deleteBefore(stack, topic, 1, ends.get(1) - 3);
      PartitionLag behind = probe.look(stalled).get(1);

      // then
      assertThat(lags.get(0).waiting()).isEmpty();
      assertThat(lags.get(0).offsets()).isZero();
      assertThat(lags.get(1).waiting()).isPresent();
      assertThat(lags.get(1).offsets()).isEqualTo(7);
      assertThat(lags.get(1).oldest()).isEmpty();
      assertThat(behind.offsets()).isEqualTo(3);
      assertThat(behind.oldest()).isEqualTo(behind.waiting()).isPresent();
    }
  }

  private static void create(Stack stack, String topic)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(new HashMap<String, Object>(stack.environment().kafka()))) {
      admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1))).all().get();
    }
  }

  private static void deleteBefore(Stack stack, String topic, int partition, long offset)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(new HashMap<String, Object>(stack.environment().kafka()))) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
          .all()
          .get();
    }
  }

  /** Each metric of a query was told, with the labels that the query tells them apart by. */
  private static void assertAnswered(String query, Set<String> told) {
    Matcher names = NAME.matcher(query);
    assertThat(names.find()).as(query).isTrue();
    names.reset();
    while (names.find()) {
      String name = names.group();
      List<String> shapes = told.stream().filter(each -> each.startsWith(name + "(")).toList();
      assertThat(shapes).as(name + " of " + query).hasSize(1);
      List<String> labels =
          List.of(
              shapes.get(0).substring(name.length() + 1, shapes.get(0).length() - 1).split(","));
      Matcher by = BY.matcher(query);
      while (by.find()) {
        assertThat(labels).as(query).contains(by.group(1).split(", "));
      }
    }
  }

  private static Set<String> prometheusShapes() {
    return Arrays.stream(Metric.values())
        .filter(Metric::isInPrometheus)
        .map(metric -> metric.prometheus() + labels(metric))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> cloudWatchShapes() {
    return Arrays.stream(Metric.values())
        .filter(Metric::isInPrometheus)
        .map(metric -> Metric.NAMESPACE + "/" + metric.cloudWatch() + labels(metric))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String labels(Metric metric) {
    return metric.tags().stream()
        .map(MetricTag::key)
        .sorted()
        .collect(Collectors.joining(",", "(", ")"));
  }

  private static Scrape scrape(Path target) {
    return Files.exists(target) ? Scrape.of(target) : Scrape.EMPTY;
  }

  private static Path environment(Stack stack, CloudWatchServer cloudWatch) throws IOException {
    String text =
        Files.readString(stack.environmentFile())
            + """

            metrics.freshness=true
            metrics.cloudwatch=true
            metrics.cloudwatch.endpoint=%s
            metrics.cloudwatch.region=us-east-1
            metrics.cloudwatch.step=2s
            """
                .formatted(cloudWatch.endpoint());
    return Files.writeString(Workspace.emptyFolder("metrics-environment").resolve("e"), text);
  }

  /** As {@code kafka-consumer-groups --describe} has it. */
  private static long lag(Stack stack) {
    try (Admin admin = Admin.create(new HashMap<String, Object>(stack.environment().kafka()))) {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin
              .listConsumerGroupOffsets("icestream." + PIPELINE + ".committed")
              .partitionsToOffsetAndMetadata()
              .get();
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      offsets.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
      assertThat(offsets).isNotEmpty();
      var ends = admin.listOffsets(asked).all().get();
      assertThat(offsets.values().stream().mapToLong(OffsetAndMetadata::offset).sum())
          .as("offsets of the group")
          .isEqualTo(RECORDS);
      return offsets.entrySet().stream()
          .mapToLong(entry -> ends.get(entry.getKey()).offset() - entry.getValue().offset())
          .sum();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
