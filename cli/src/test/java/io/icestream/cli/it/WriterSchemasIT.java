/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.process.Workspace;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.PipelineApp;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.plan.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records of writers with different schemas, one after the other in the same topic, become rows of
 * one table, each with its own values, and none goes to quarantine.
 */
@ExtendWith(SharedStack.class)
class WriterSchemasIT {
  private static final Pace DRAINED = new Pace(Duration.ZERO, true, Pace.DEFAULT_MAX_OFFSETS);
  private static final int RECORDS = 400;
  private static final String OLD_AVRO = WrittenOrder.AVRO.get(0);
  private static final String NEW_AVRO = WrittenOrder.AVRO.get(WrittenOrder.WRITERS - 1);
  private static final String OLD_PROTOBUF = WrittenOrder.PROTOBUF.get(0);
  private static final String NEW_PROTOBUF = WrittenOrder.PROTOBUF.get(WrittenOrder.WRITERS - 1);

  private static SchemaRegistryServer registry;

  /** A record in bytes. */
  @FunctionalInterface
  private interface Encoding {
    byte[] of(WrittenOrder order) throws IOException;
  }

  @BeforeAll
  static void start() throws IOException {
    registry = new SchemaRegistryServer(WrittenOrder.registered());
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @Test
  void avroRecordsBecomeWhatTheReaderHas(Stack stack) throws Exception {
    // given
    List<WrittenOrder> orders = ofAllWriters(0, RECORDS);
    String name = "writers_avro";
    Path folder = Workspace.emptyFolder(name);
    Files.writeString(folder.resolve("order.avsc"), NEW_AVRO);
    send(stack, name, orders, WrittenOrder::inAvro);

    // when
    run(stack, folder, name, "{ type: avro, schema: order.avsc, framing: confluent }");

    // then
    assertRows(
        stack,
        name,
        List.of("id", "n", "note", "currency"),
        orders,
        o -> row(o.id(), o.n(), o.note(), Objects.requireNonNullElse(o.currency(), "EUR")));
  }

  @Test
  void avroColumnsFollowTheirWriters(Stack stack) throws Exception {
    // given
    List<WrittenOrder> orders = ofAllWriters(0, RECORDS);
    String name = "writers_evolving";
    Path folder = Workspace.emptyFolder(name);
    Files.writeString(folder.resolve("order.avsc"), OLD_AVRO);
    send(stack, name, orders, WrittenOrder::inAvro);

    // when
    run(
        stack,
        folder,
        name,
        "{ type: avro, schema: order.avsc, framing: confluent, unknown_fields: evolve }");

    // then
    assertRows(
        stack,
        name,
        List.of("id", "n", "coupon", "note", "currency"),
        orders,
        o -> row(o.id(), o.n(), o.coupon(), o.note(), o.currency()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"proto", "desc"})
  void protobufMessagesBecomeWhatTheReaderHas(String kind, Stack stack) throws Exception {
    // given
    List<WrittenOrder> orders = ofAllWriters(0, RECORDS);
    String name = "writers_" + kind;
    Path folder = Workspace.emptyFolder(name);
    Files.writeString(folder.resolve("order.proto"), NEW_PROTOBUF);
    Files.write(folder.resolve("order.desc"), WrittenOrder.descriptorSet());
    send(stack, name, orders, WrittenOrder::inProtobuf);

    // when
    run(stack, folder, name, "{ type: protobuf, schema: order." + kind + ", framing: confluent }");

    // then
    assertRows(
        stack,
        name,
        List.of("id", "n", "note", "currency"),
        orders,
        o -> row(o.id(), o.n(), o.note(), Objects.requireNonNullElse(o.currency(), "")));
  }

  /** The first run knows the oldest schema, and the second one the newest. */
  @Test
  void aTableGoesOnWhenItsPipelineGetsANewSchema(Stack stack) throws Exception {
    // given
    int upgrade = RECORDS / 2;
    List<WrittenOrder> before =
        IntStream.range(0, upgrade).mapToObj(i -> new WrittenOrder(i, i % 2)).toList();
    List<WrittenOrder> after = ofAllWriters(upgrade, RECORDS);
    String name = "writers_upgraded";
    Path folder = Workspace.emptyFolder(name);
    Path schema = Files.writeString(folder.resolve("order.proto"), OLD_PROTOBUF);
    String format = "{ type: protobuf, schema: order.proto, framing: confluent }";
    send(stack, name, before, WrittenOrder::inProtobuf);

    // when
    run(stack, folder, name, format);
    Files.writeString(schema, NEW_PROTOBUF);
    send(stack, name, after, WrittenOrder::inProtobuf);
    run(stack, folder, name, format);

    // then
    List<WrittenOrder> orders = new ArrayList<>(before);
    orders.addAll(after);
    assertRows(
        stack,
        name,
        List.of("id", "n", "coupon", "note", "currency"),
        orders,
        o ->
            o.number() < upgrade
                ? row(o.id(), o.n(), o.coupon(), null, null)
                : row(o.id(), o.n(), null, o.note(), Objects.requireNonNullElse(o.currency(), "")));
  }

  private static List<WrittenOrder> ofAllWriters(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new WrittenOrder(i, i % WrittenOrder.WRITERS))
        .toList();
  }

  private static void send(Stack stack, String topic, List<WrittenOrder> orders, Encoding encoding)
      throws Exception {
    Map<String, Object> client = Map.copyOf(stack.environment().kafka());
    try (Admin admin = Admin.create(client);
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      if (!admin.listTopics().names().get().contains(topic)) {
        admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
      }
      for (WrittenOrder order : orders) {
        producer.send(new ProducerRecord<>(topic, encoding.of(order)));
      }
    }
  }

  private static void run(Stack stack, Path folder, String name, String format) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("orders.yaml"),
            """
            version: 1
            name: %s
            sources:
              orders:
                kafka: { topic: %s }
                format: %s
            sinks:
              writers.%s: { from: orders, mode: append }
            quarantine: { table: writers.%s_bad }
            """
                .formatted(name.replace('_', '-'), name, format, name, name));
    Environment environment = Environment.read(registry.environment(stack, "confluent", folder));
    new PipelineApp(PipelineParser.read(file), environment, DRAINED).start().await();
  }

  /**
   * @param columns those that the records have given the table
   */
  private static void assertRows(
      Stack stack,
      String name,
      List<String> columns,
      List<WrittenOrder> orders,
      Function<WrittenOrder, String> expected) {
    String table = "writers." + name;
    assertThat(stack.spark().sql("SELECT reason, detail FROM " + table + "_bad").collectAsList())
        .as("rows in quarantine")
        .isEmpty();
    assertThat(Arrays.stream(stack.spark().table(table).columns()))
        .filteredOn(column -> !column.startsWith("kafka_"))
        .containsExactlyInAnyOrderElementsOf(columns);
    assertThat(
            stack
                .spark()
                .sql("SELECT " + String.join(", ", columns) + " FROM " + table + " ORDER BY 1")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactlyElementsOf(orders.stream().map(expected).toList());
    assertThat(stack.spark().table(table).schema().apply("n").dataType().sql()).isEqualTo("BIGINT");
  }

  private static String row(Object... values) {
    return "[" + String.join(",", Arrays.stream(values).map(String::valueOf).toList()) + "]";
  }
}
