/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever becomes of a checkpoint or a topic, nothing is lost or repeated without a word. */
@ExtendWith(SharedStack.class)
class RecoverIT {

  private static final int KILLED = 128 + 9;
  private static final int FENCED = 76;
  private static final int DATA_LOSS = 66;
  private static final int PARTITIONS = 2;
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  /** Is in the line that is printed for each commit. */
  private static final String COMMIT = " read = ";

  private static final String PIPELINE =
      """
      version: 1
      name: $name
      sources:
        readings:
          kafka: { topic: $name.readings }
          format: { type: json, schema: reading.avsc }
          event_time: at
          watermark: 1m
      steps:
        checked:
          sql: SELECT * FROM readings
          expect:
            not_negative: { check: n >= 0, else: quarantine }
        per_minute:
          sql: |
            SELECT device, window(at, '1 minute').start AS minute, count(*) AS readings, sum(n) AS total
            FROM checked GROUP BY device, window(at, '1 minute')
      sinks:
        $name.readings:   { from: checked, mode: append, partition_by: [days(at)] }
        $name.per_minute: { from: per_minute, mode: upsert, key: [device, minute] }
      quarantine: { table: $name.quarantine }
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Reading", "fields": [
        {"name": "device", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "n", "type": "int"}]}
      """;

  private static final String RECOUNT =
      """
      SELECT count(*) FROM (
        SELECT device, date_trunc('MINUTE', at) AS minute, count(*) AS readings, sum(n) AS total
        FROM $name.readings GROUP BY 1, 2) r
      FULL OUTER JOIN $name.per_minute m ON r.device = m.device AND r.minute = m.minute
      WHERE NOT (r.readings <=> m.readings AND r.total <=> m.total)
      """;

  private int sent;

  @Test
  void bringsEachRowIntoTheTablesOnceWithoutACheckpointOrWithADamagedOne(Stack stack)
      throws Exception {
    // given
    String name = "recovered";
    Path pipeline = pipeline(name);
    createTopic(stack, name);
    produce(stack, name, 12_000);

    // when the first batch is in quarantine and perhaps in one sink
    Outcome first = killBehindCommit(stack, pipeline, 1);
    Workspace.delete(stack.checkpoint(name));
    Outcome dryRun =
        stack.command().run("recover", pipeline, "--dry-run", "--format", "json").succeeded();
    Outcome refused = stack.command().run("run", pipeline, "--until-drained");
    stack.command().run("recover", pipeline).succeeded();

    // when a later batch is in one sink, and perhaps in both
    Outcome second = killBehindCommit(stack, pipeline, 5);
    Workspace.delete(stack.checkpoint(name));
    stack.command().run("recover", pipeline).succeeded();
    drain(stack, pipeline);

    // then
    assertThat(first.exitCode()).as(first.toString()).isEqualTo(KILLED);
    assertThat(second.exitCode()).as(second.toString()).isEqualTo(KILLED);
    JsonNode plan = new ObjectMapper().readTree(dryRun.out());
    assertThat(plan.path("checkpoint").path("state").asText()).isEqualTo("absent");
    assertThat(plan.path("slices")).as(dryRun.out()).hasSize(1);
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(FENCED);
    assertThat(refused.err()).contains("./icestream recover " + pipeline);
    assertEverythingIsThereOnce(stack, name, Map.of());

    // given
    produce(stack, name, 2_000);
    Path newest = newestOffsets(stack.checkpoint(name));
    Files.deleteIfExists(newest.resolveSibling("." + newest.getFileName() + ".crc"));
    Files.writeString(newest, "");

    // when
    Outcome damaged = stack.command().run("run", pipeline, "--until-drained");
    Outcome recovered = stack.command().run("recover", pipeline).succeeded();
    drain(stack, pipeline);

    // then
    assertThat(damaged.exitCode()).as(damaged.toString()).isEqualTo(FENCED);
    assertThat(damaged.err())
        .contains("offsets/" + newest.getFileName() + " is empty or incomplete")
        .contains("./icestream recover " + pipeline);
    assertThat(recovered.err()).contains("Set the checkpoint aside as ");
    assertEverythingIsThereOnce(stack, name, Map.of());
  }

  @Test
  void namesWhatKafkaHasLostAndGoesOnBehindItWhenToldTo(Stack stack) throws Exception {
    // given
    String name = "gaps";
    Path pipeline = pipeline(name);
    createTopic(stack, name);
    produce(stack, name, 1_000);
    drain(stack, pipeline);
    produce(stack, name, 1_000);
    deleteRecords(stack, name, 0, 700);

    // when
    Outcome refused = stack.command().run("run", pipeline, "--until-drained");
    Outcome killed =
        stack
            .command()
            .start("recover", pipeline, "--accept-gap")
            .awaitOnError("Moved gaps.readings", 1)
            .kill();
    stack.command().run("recover", pipeline, "--accept-gap").succeeded();
    RunningCommand run =
        stack.command().start("run", pipeline, "--trigger", "20s").awaitOnError(COMMIT, 3);

    // then
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(DATA_LOSS);
    assertThat(refused.err())
        .contains("gaps.readings")
        .contains("partition 0 [500,700), 200 offsets")
        .contains("./icestream recover " + pipeline + " --accept-gap");
    assertThat(killed.exitCode()).as(killed.toString()).isEqualTo(KILLED);
    assertThat(gaps(stack)).containsExactly("0 500 700 deleted");
    assertEverythingIsThereOnce(stack, name, Map.of(0, 200L));

    // given: before the next batch the new topic has outgrown the old one
    long before = rows(stack, name);
    await("some seconds before the next batch, which begins at a multiple of 20 seconds")
        .atMost(Duration.ofSeconds(30))
        .until(() -> Instant.now().getEpochSecond() % 20 < 10);
    recreateTopic(stack, name);
    produce(stack, name, 2_400);

    // when
    Outcome other = run.outcome();
    stack.command().run("recover", pipeline, "--accept-gap").succeeded();
    drain(stack, pipeline);

    // then
    assertThat(other.exitCode()).as(other.toString()).isEqualTo(DATA_LOSS);
    assertThat(other.err()).contains("has been deleted and created again");
    assertThat(gaps(stack))
        .containsExactlyInAnyOrder(
            "0 500 700 deleted", "0 1000 null recreated", "1 1000 null recreated");
    assertThat(rows(stack, name) - before).as("rows of the new topic").isEqualTo(2_400);
    assertThat(count(stack.spark(), RECOUNT.replace("$name", name))).isZero();
  }

  private static Path pipeline(String name) throws IOException {
    Path folder = Workspace.emptyFolder(name);
    Files.writeString(folder.resolve("reading.avsc"), SCHEMA);
    return Files.writeString(folder.resolve(name + ".yaml"), PIPELINE.replace("$name", name));
  }

  private static Outcome killBehindCommit(Stack stack, Path pipeline, int commits) {
    return stack
        .command()
        .start("run", pipeline, "--until-drained", "--max-offsets", 2_000)
        .awaitOnError(COMMIT, commits)
        .kill();
  }

  private static void drain(Stack stack, Path pipeline) {
    stack.command().run("run", pipeline, "--until-drained").succeeded();
  }

  /** Every seventh record is malformed, every eleventh negative, every thirteenth late. */
  private void produce(Stack stack, String name, int count) {
    Map<String, Object> client = new HashMap<>(stack.environment().kafka());
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < count; i++, sent++) {
        Instant at = NOON.plusMillis(20L * sent).minusSeconds(sent % 13 == 0 ? 600 : 0);
        String value =
            sent % 7 == 0
                ? "not json"
                : "{\"device\": \"d%d\", \"at\": \"%s\", \"n\": %d}"
                    .formatted(sent % 5, at, sent % 11 == 0 ? -1 : sent);
        producer.send(new ProducerRecord<>(name + ".readings", sent % PARTITIONS, null, value));
      }
      producer.flush();
    }
  }

  private static void createTopic(Stack stack, String name) throws Exception {
    try (Admin admin = admin(stack)) {
      admin
          .createTopics(List.of(new NewTopic(name + ".readings", PARTITIONS, (short) 1)))
          .all()
          .get();
    }
  }

  private static void recreateTopic(Stack stack, String name) throws Exception {
    try (Admin admin = admin(stack)) {
      admin.deleteTopics(List.of(name + ".readings")).all().get();
      await("the topic is gone")
          .atMost(Duration.ofMinutes(1))
          .until(() -> !admin.listTopics().names().get().contains(name + ".readings"));
    }
    createTopic(stack, name);
  }

  private static void deleteRecords(Stack stack, String name, int partition, long before)
      throws Exception {
    try (Admin admin = admin(stack)) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(name + ".readings", partition),
                  RecordsToDelete.beforeOffset(before)))
          .all()
          .get();
    }
  }

  private static Admin admin(Stack stack) {
    return Admin.create(new HashMap<String, Object>(stack.environment().kafka()));
  }

  private static Path newestOffsets(Path checkpoint) throws IOException {
    try (Stream<Path> files = Files.list(checkpoint.resolve("offsets"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("[0-9]+"))
          .max((a, b) -> Long.compare(number(a), number(b)))
          .orElseThrow();
    }
  }

  private static long number(Path file) {
    return Long.parseLong(file.getFileName().toString());
  }

  /** Each offset is in one place once, and the aggregates are those of the rows. */
  private static void assertEverythingIsThereOnce(
      Stack stack, String name, Map<Integer, Long> missing) throws Exception {
    Map<Integer, Long> expected = new HashMap<>(produced(stack, name));
    missing.forEach((partition, count) -> expected.merge(partition, -count, Long::sum));
    String positions =
        """
        SELECT partition, count(*), count(DISTINCT offset) FROM (
          SELECT kafka_partition AS partition, kafka_offset AS offset FROM $name.readings
          UNION ALL SELECT partition, offset FROM $name.quarantine) GROUP BY partition
        """
            .replace("$name", name);
    SparkSession spark = stack.spark();
    Map<Integer, Long> rows = new HashMap<>();
    for (Row row : spark.sql(positions).collectAsList()) {
      assertThat(row.getLong(1)).as("rows and offsets").isEqualTo(row.getLong(2));
      rows.put(row.getInt(0), row.getLong(1));
    }
    assertThat(rows).isEqualTo(expected);
    assertThat(count(spark, RECOUNT.replace("$name", name)))
        .as("groups that a recount gives otherwise")
        .isZero();
  }

  private static Map<Integer, Long> produced(Stack stack, String name) throws Exception {
    try (Admin admin = admin(stack)) {
      return admin
          .listOffsets(
              IntStream.range(0, PARTITIONS)
                  .mapToObj(partition -> new TopicPartition(name + ".readings", partition))
                  .collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
          .all()
          .get()
          .entrySet()
          .stream()
          .collect(Collectors.toMap(e -> e.getKey().partition(), e -> e.getValue().offset()));
    }
  }

  private static long rows(Stack stack, String name) {
    return count(
        stack.spark(),
        "SELECT (SELECT count(*) FROM $name.readings) + (SELECT count(*) FROM $name.quarantine)"
            .replace("$name", name));
  }

  private static List<String> gaps(Stack stack) {
    return stack
        .spark()
        .sql(
            "SELECT concat_ws(' ', partition, from_offset, coalesce(to_offset, 'null'), reason)"
                + " FROM gaps.quarantine_gaps")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static long count(SparkSession spark, String query) {
    return spark.sql(query).first().getLong(0);
  }
}
