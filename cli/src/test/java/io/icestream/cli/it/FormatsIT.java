/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.it.FormatExamples.Example;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.PipelineApp;
import io.icestream.spark.plan.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every example of docs/formats.md, sent through Kafka as the bytes that it says, becomes what the
 * page says. The pipelines run in this JVM, since a process for each would take minutes.
 */
@ExtendWith(SharedStack.class)
class FormatsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pace DRAINED = new Pace(Duration.ZERO, true, Pace.DEFAULT_MAX_OFFSETS);

  @TestFactory
  Stream<DynamicTest> eachExampleBecomesWhatThePageSays(Stack stack) throws Exception {
    Path folder = Workspace.emptyFolder("formats");
    List<FormatExamples> formats =
        FormatExamples.of(Workspace.root().resolve("docs/formats.md"), folder);
    send(stack, formats);
    return formats.stream()
        .map(format -> DynamicTest.dynamicTest(format.topic(), () -> check(stack, folder, format)));
  }

  private static void check(Stack stack, Path folder, FormatExamples format) throws IOException {
    // given
    String table = "formats." + format.topic();
    Path file =
        Files.writeString(
            folder.resolve(format.topic() + ".yaml"),
            """
            version: 1
            name: %s
            %ssinks:
              %s: { from: readings, mode: append }
            quarantine: { table: %s_bad }
            """
                .formatted(format.topic().replace('_', '-'), format.yaml(), table, table));
    PipelineDefinition pipeline = PipelineParser.read(file);

    // when
    new PipelineApp(pipeline, stack.environment(), DRAINED).start().await();

    // then
    Map<Long, List<String>> outcomes = new HashMap<>();
    for (Row row : places(stack.spark(), table)) {
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
    assertThatPayloadsAreKept(stack.spark(), table, format.examples());
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
    return example.payload().map(String::new).orElse("no value");
  }

  private static void send(Stack stack, List<FormatExamples> formats) throws Exception {
    Map<String, Object> client = Map.copyOf(stack.environment().kafka());
    try (Admin admin = Admin.create(client);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin
          .createTopics(formats.stream().map(f -> new NewTopic(f.topic(), 1, (short) 1)).toList())
          .all()
          .get();
      for (FormatExamples format : formats) {
        for (Example example : format.examples()) {
          producer
              .send(new ProducerRecord<>(format.topic(), 0, null, example.payload().orElse(null)))
              .get();
        }
      }
    }
  }
}
