/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.it.FormatExamples.Example;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every example of docs/formats.md, sent through Kafka as the bytes that it says, becomes what the
 * page says.
 */
@ExtendWith(SharedStack.class)
class FormatsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Examples of what is too large do not fit Kafka's usual limits until they are compressed. */
  private static final Map<String, Object> LARGE =
      Map.of("compression.type", "gzip", "max.request.size", 64 << 20, "buffer.memory", 64L << 20);

  /** As the page says. */
  private static final Instant SENT_AT = Instant.parse("2026-01-31T12:00:00Z");

  private static final byte[] KEY = "k".getBytes(UTF_8);
  private static final RecordHeader HEADER = new RecordHeader("h", "v".getBytes(UTF_8));

  /** Kafka would delete records that are so old. */
  private static final Map<String, String> KEPT = Map.of("retention.ms", "-1");

  private static FormatRuns runs;

  @AfterAll
  static void stop() {
    if (runs != null) {
      runs.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> eachExampleBecomesWhatThePageSays(Stack stack) throws Exception {
    Path folder = Workspace.emptyFolder("formats");
    Path page = Workspace.root().resolve("docs/formats.md");
    List<FormatExamples> formats = FormatExamples.of(page, folder);
    send(stack, formats);
    runs =
        new FormatRuns(stack, folder, new SchemaRegistryServer(RegisteredSchema.of(page, folder)));
    runs.begin(formats);
    Stream<DynamicTest> tests =
        formats.stream()
            .sorted(Comparator.comparing(format -> format.framing().isPresent()))
            .map(format -> DynamicTest.dynamicTest(format.topic(), () -> check(stack, format)));
    return Stream.concat(
        tests, Stream.of(DynamicTest.dynamicTest("registry", FormatsIT::checkQuestions)));
  }

  /** Avro and Protobuf ask for each schema that the page has, JSON for none. */
  private static void checkQuestions() {
    Set<String> asked = runs.asked();
    for (int id = 1; id <= 7; id++) {
      assertThat(asked).contains("confluent " + id);
    }
    assertThat(asked)
        .contains("glue " + new UUID(0, 1), "glue " + new UUID(0, 6))
        .doesNotContain("confluent 8", "confluent 9", "glue " + new UUID(0, 8));
  }

  private static void check(Stack stack, FormatExamples format) throws Exception {
    // when
    runs.finish(format);

    // then
    Map<Long, List<String>> outcomes = new HashMap<>();
    for (Row row : places(stack.spark(), format.table())) {
      outcomes.computeIfAbsent(row.getLong(0), offset -> new ArrayList<>()).add(row.getString(2));
    }
    for (int offset = 0; offset < format.examples().size(); offset++) {
      Example example = format.examples().get(offset);
      assertThat(outcomes.remove((long) offset))
          .as("what example %d has become: %s", offset, shown(example))
          .usingElementComparator((a, b) -> same(a, b) ? 0 : 1)
          .containsExactlyElementsOf(example.outcomes());
    }
    assertThat(outcomes).as("rows of records that nobody has sent").isEmpty();
    assertThatPayloadsAreKept(stack.spark(), format.table(), format.examples());
    assertThatReasonsAreExplained(stack.spark(), format.table());
  }

  /** Offset, line and outcome of each row, be it in the table or in quarantine, in this order. */
  private static List<Row> places(SparkSession spark, String table) {
    String[] columns = spark.table(table).columns();
    String lines = Arrays.asList(columns).contains("kafka_line") ? "kafka_line" : "0";
    String values =
        String.join(
            ", ",
            Arrays.stream(columns)
                .filter(name -> !name.startsWith("kafka_"))
                .map(name -> "`" + name + "`")
                .toList());
    return spark
        .sql(
            """
            SELECT kafka_offset AS offset, %s AS line,
                   to_json(struct(%s),
                           map('timestampFormat', "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX")) AS outcome
            FROM %s
            UNION ALL SELECT offset, coalesce(line, 0), reason FROM %s_bad
            ORDER BY offset, line
            """
                .formatted(lines, values, table, table))
        .collectAsList();
  }

  private static void assertThatPayloadsAreKept(
      SparkSession spark, String table, List<Example> examples) {
    for (Row row :
        spark
            .sql("SELECT offset, payload FROM " + table + "_bad WHERE line IS NULL")
            .collectAsList()) {
      assertThat(row.<byte[]>getAs(1))
          .as("the bytes of offset %d in quarantine", row.getLong(0))
          .isEqualTo(examples.get((int) row.getLong(0)).payload().orElse(null));
    }
  }

  private static void assertThatReasonsAreExplained(SparkSession spark, String table) {
    assertThat(
            spark
                .sql(
                    "SELECT offset, reason, detail FROM "
                        + table
                        + "_bad WHERE detail IS NULL OR length(detail) NOT BETWEEN 1 AND 503")
                .collectAsList())
        .as("details that say nothing, or quote more than 500 characters and three dots")
        .isEmpty();
  }

  private static boolean same(String actual, String expected) {
    try {
      boolean reason = expected.matches("[a-z_]+");
      return reason ? actual.equals(expected) : tree(actual).equals(tree(expected));
    } catch (IOException e) {
      return false;
    }
  }

  private static JsonNode tree(String json) throws IOException {
    return JSON.readTree(json);
  }

  private static String shown(Example example) {
    String text = example.payload().map(bytes -> new String(bytes, UTF_8)).orElse("no value");
    return text.substring(0, Math.min(200, text.length()));
  }

  private static void send(Stack stack, List<FormatExamples> formats) throws Exception {
    Map<String, Object> client = new HashMap<>(stack.environment().kafka());
    client.putAll(LARGE);
    try (Admin admin = Admin.create(client);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin
          .createTopics(
              formats.stream()
                  .map(f -> new NewTopic(f.topic(), 1, (short) 1).configs(KEPT))
                  .toList())
          .all()
          .get();
      for (FormatExamples format : formats) {
        for (Example example : format.examples()) {
          producer
              .send(
                  new ProducerRecord<>(
                      format.topic(),
                      0,
                      SENT_AT.toEpochMilli(),
                      KEY,
                      example.payload().orElse(null),
                      List.of(HEADER)))
              .get();
        }
      }
    }
  }
}
