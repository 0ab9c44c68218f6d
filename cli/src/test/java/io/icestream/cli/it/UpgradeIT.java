/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** A pipeline file is changed, changed in a way that its tables cannot follow, and changed back. */
@ExtendWith(SharedStack.class)
class UpgradeIT {
  private static final String TOPIC = "upgrade.orders";

  private static final String PIPELINE =
      """
      version: 1
      name: upgrade
      sources:
        orders:
          kafka: { topic: upgrade.orders }
          format: { type: json, schema: order.avsc }
      steps:
        paid:
          sql: SELECT id, shop, price FROM orders WHERE price > 0
        per_shop:
          sql: SELECT shop, count(*) AS n, sum(price) AS price FROM paid GROUP BY shop
      sinks:
        upgrade.orders:   { from: paid, mode: append }
        upgrade.per_shop: { from: per_shop, mode: upsert, key: [shop] }
      quarantine: { table: upgrade.quarantine }
      """;

  private static final String SCHEMA =
      """
      {"type": "record", "name": "Order", "fields": [
        {"name": "id", "type": "long"},
        {"name": "shop", "type": "string"},
        {"name": "price", "type": "long"}]}
      """;

  @Test
  void goesOnWhereTheTablesCanFollowAndIsRefusedWhereNot(Stack stack) throws Exception {
    // given
    Path file = pipeline();
    createTopic(stack);
    send(stack, 1, 10);
    run(stack, file).succeeded();

    // when: other rows, another column, and steps with other names
    write(
        file,
        PIPELINE
            .replace(
                "SELECT id, shop, price FROM", "SELECT id, shop, price, price * 2 AS twice FROM")
            .replace("paid", "sold")
            .replace("price > 0", "price > 100"));
    send(stack, 2, 20);
    send(stack, 3, 200);
    run(stack, file).succeeded();

    // when: the sum becomes a maximum
    write(file, PIPELINE.replace("sum(price)", "max(price)"));
    send(stack, 4, 400);
    Outcome plan = stack.command().run("plan", file);
    Outcome refused = run(stack, file);

    // when: the former file
    write(file, PIPELINE);
    run(stack, file).succeeded();

    // then
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(78);
    assertThat(refused.err())
        .contains(
            "rebuild: upgrade.per_shop: column price was sum(price), the file says max(price)");
    assertThat(plan.out())
        .contains("rebuild", "column price was sum(price), the file says max(price)");
    assertThat(query(stack, "SELECT id, price, twice FROM upgrade.orders ORDER BY id"))
        .containsExactly("[1,10,null]", "[3,200,400]", "[4,400,null]");
    assertThat(query(stack, "SELECT shop, n, price FROM upgrade.per_shop"))
        .containsExactly("[north,3,610]");
  }

  private static Outcome run(Stack stack, Path file) {
    return stack.command().run("run", file, "--until-drained");
  }

  private static Path pipeline() throws IOException {
    Path folder = Workspace.emptyFolder("upgrade");
    Files.writeString(folder.resolve("order.avsc"), SCHEMA);
    return write(folder.resolve("upgrade.yaml"), PIPELINE);
  }

  private static Path write(Path file, String text) throws IOException {
    return Files.writeString(file, text);
  }

  private static void createTopic(Stack stack) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(stack.environment().kafka()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void send(Stack stack, int id, int price) throws Exception {
    Map<String, Object> properties = new HashMap<>(stack.environment().kafka());
    try (var producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      String value = "{\"id\": %d, \"shop\": \"north\", \"price\": %d}".formatted(id, price);
      producer.send(new ProducerRecord<>(TOPIC, value)).get();
    }
  }

  private static List<String> query(Stack stack, String sql) {
    return stack.spark().sql(sql).collectAsList().stream().map(Row::toString).toList();
  }
}
