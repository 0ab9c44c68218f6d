/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.RunningCommand;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pipeline goes on while its records change, and its tables follow as the plan has announced. */
@ExtendWith(SharedStack.class)
class EvolutionIT {
  private static final String TOPIC = "evolution.events";

  private static final String PIPELINE =
      """
      version: 1
      name: evolution
      sources:
        events:
          kafka: { topic: evolution.events }
          format: { type: json, schema: event.avsc, unknown_fields: evolve }
          event_time: at
      steps:
        per_day:
          sql: |
            SELECT CAST(at AS DATE) AS day, count(*) AS events, sum(n) AS total
            FROM events GROUP BY CAST(at AS DATE)
      sinks:
        evolution.events:  { from: events, mode: append, partition_by: [days(at)] }
        evolution.per_day: { from: per_day, mode: upsert, key: [day] }
      quarantine: { table: evolution.quarantine }
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Event", "fields": [
        {"name": "id", "type": "string"},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
        {"name": "n", "type": "int"},
        {"name": "place", "type": "string"}]}
      """;

  private int sent;

  @Test
  void aRunningPipelineFollowsItsRecordsWithoutARestart(Stack stack) throws Exception {
    // given
    Path file = pipeline();
    createTopic(stack);
    send(stack, "\"n\": 1, \"place\": \"north\"");
    Outcome plan = stack.command().run("plan", file);
    RunningCommand run = stack.command().start("run", file, "--trigger", "200ms");
    awaitRecords(stack, 1, 0);

    // when
    send(stack, "\"n\": 2, \"place\": \"north\", \"note\": \"new\"");
    awaitRecords(stack, 2, 0);
    send(stack, "\"n\": 3000000000, \"place\": \"north\"");
    awaitRecords(stack, 3, 0);
    send(stack, "\"n\": 4, \"place\": \"north\", \"note\": {\"text\": \"an object now\"}");
    send(stack, "\"n\": 5, \"place\": \"north\", \"note\": \"a text still\"");
    awaitRecords(stack, 4, 1);
    send(stack, "\"n\": 6");
    awaitRecords(stack, 5, 1);
    Outcome stopped = run.terminate();

    // then
    assertThat(plan.out()).as("what the plan announced").contains("while it runs: ");
    assertThat(stopped.exitCode()).as(stopped.toString()).isZero();
    assertThat(query(stack, "SELECT n, place, note FROM evolution.events ORDER BY n"))
        .containsExactly(
            "[1,north,null]",
            "[2,north,new]",
            "[5,north,a text still]",
            "[6,null,null]",
            "[3000000000,north,null]");
    assertThat(query(stack, "SELECT events, total FROM evolution.per_day"))
        .containsExactly("[5,3000000014]");
    assertThat(query(stack, "SELECT reason, detail FROM evolution.quarantine"))
        .containsExactly("[wrong_type,note: expected string, found an object]");
    assertThat(stack.spark().table("evolution.events").schema().toDDL())
        .contains("n BIGINT", "note STRING");
    assertThat(
            query(
                stack,
                "SELECT DISTINCT latest_schema_id FROM evolution.events.metadata_log_entries"
                    + " WHERE latest_schema_id IS NOT NULL ORDER BY 1"))
        .as("schemas in the table's history")
        .containsExactly("[0]", "[1]", "[2]");
    assertThePlanAnnouncesWhatIsNext(stack, file);
  }

  /** What lies unread in the topic is announced by name, and then done. */
  private void assertThePlanAnnouncesWhatIsNext(Stack stack, Path file) throws Exception {
    // given
    send(stack, "\"n\": 7, \"place\": \"south\", \"depth\": 1.5");

    // when
    Outcome plan = stack.command().run("plan", file);
    stack.command().run("run", file, "--until-drained").succeeded();
    Outcome after = stack.command().run("plan", file);

    // then
    assertThat(plan.exitCode()).as(plan.toString()).isEqualTo(2);
    assertThat(plan.out()).contains("column 'depth' double added");
    assertThat(query(stack, "SELECT depth FROM evolution.events WHERE n = 7"))
        .containsExactly("[1.5]");
    assertThat(after.exitCode()).as(after.toString()).isZero();
  }

  private static Path pipeline() throws IOException {
    Path folder = Workspace.emptyFolder("evolution");
    Files.writeString(folder.resolve("event.avsc"), SCHEMA);
    return Files.writeString(folder.resolve("evolution.yaml"), PIPELINE);
  }

  private static void createTopic(Stack stack) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(stack.environment().kafka()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private void send(Stack stack, String fields) throws Exception {
    Map<String, Object> properties = new HashMap<>(stack.environment().kafka());
    try (var producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      String json =
          "{\"id\": \"e%d\", \"at\": \"2026-01-31T12:00:0%dZ\", %s}".formatted(sent, sent, fields);
      producer.send(new ProducerRecord<>(TOPIC, json)).get();
      sent++;
    }
  }

  private static void awaitRecords(Stack stack, long rows, long quarantined) {
    await("%d rows and %d quarantined".formatted(rows, quarantined))
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptions()
        .until(
            () ->
                count(stack, "evolution.events") == rows
                    && count(stack, "evolution.quarantine") == quarantined
                    && query(stack, "SELECT CAST(sum(events) AS INT) FROM evolution.per_day")
                        .equals(List.of("[" + rows + "]")));
  }

  private static long count(Stack stack, String table) {
    return stack.spark().table(table).count();
  }

  private static List<String> query(Stack stack, String sql) {
    return stack.spark().sql(sql).collectAsList().stream().map(Row::toString).toList();
  }
}
