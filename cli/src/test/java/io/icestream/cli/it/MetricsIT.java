/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
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

  private Path file;

  @BeforeAll
  void produce(Stack stack) throws InterruptedException, ExecutionException {
    file =
        Workspace.copyOf(
            "iot-telemetry.yaml",
            Workspace.emptyFolder("metrics"),
            Map.of("name: iot-telemetry", "name: " + PIPELINE, "iot.", "mtr."));
    try (Admin admin = Admin.create(new HashMap<String, Object>(stack.environment().kafka()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1))).all().get();
    }
    stack.command().run("produce", "iot", "--topic", TOPIC, "--count", RECORDS).succeeded();
  }

  @Test
  void showsItsLagToKafkasToolsAndTheCatalogueToPrometheus(Stack stack) {
    // given
    Path target = stack.home().resolve("metrics").resolve(PIPELINE + ".json");
    RunningCommand run = stack.command().start("run", file, "--trigger", "200ms");
    try {
      // when
      Scrape scrape =
          await()
              .atMost(Duration.ofMinutes(2))
              .failFast("The pipeline has ended", run::requireAlive)
              .until(
                  () -> Files.exists(target) ? Scrape.of(target) : Scrape.EMPTY,
                  seen ->
                      seen.value("icestream_rows_read_total") == RECORDS
                          && seen.has("icestream_table_files")
                          && seen.has("icestream_commit_delay_seconds"));

      // then
      assertThat(scrape.value("icestream_lag_records")).isZero();
      assertThat(scrape.value("icestream_lag_seconds")).isZero();
      assertThat(lag(stack)).as("lag of the group").isZero();
    } finally {
      run.terminate();
    }
    assertThat(target).doesNotExist();
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
