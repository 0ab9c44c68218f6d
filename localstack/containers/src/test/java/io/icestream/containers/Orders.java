/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic of made-up orders that are created, changed and deleted, the same at each run. Their
 * times increase, by seven minutes from one to the next.
 */
final class Orders {
  private static final String TOPIC = "two.orders";
  private static final Instant FIRST = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<String> TENANTS = List.of("acme", "north", "zeta");
  private static final List<String> OPERATIONS = List.of("c", "u", "u", "u", "d");
  private static final int KEYS = 40;
  private static final int ONE_OF_THESE_IS_MALFORMED = 25;

  private final String bootstrapServers;
  private final Random random = new Random(7);
  private int made;
  private int malformed;

  Orders(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  void createTopic() throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, Optional.of(2), Optional.empty())))
          .all()
          .get();
    }
  }

  /**
   * Sends more of them.
   *
   * @param more fields that these orders have besides, as JSON with a comma in front
   */
  void send(int count, String more) {
    StringSerializer text = new StringSerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all"),
            text,
            text)) {
      for (int i = 0; i < count; i++) {
        String id = String.format("o-%02d", random.nextInt(KEYS));
        var unused = producer.send(new ProducerRecord<>(TOPIC, id, next(id, more)));
      }
    }
  }

  /** How many were sent that can be read. */
  int good() {
    return made - malformed;
  }

  private String next(String id, String more) {
    int number = made++;
    if (number % ONE_OF_THESE_IS_MALFORMED == 3) {
      malformed++;
      return "{\"id\": \"" + id + "\", \"items\": \"many\"}";
    }
    return """
    {"op":"%s","id":"%s","tenant":"%s","event_time":"%s","amount":%s,"price":%s,"items":%d,\
    "note":%s,"tags":["a%d","b"],"address":{"city":"Oslo","zip":%s}%s}"""
        .formatted(
            OPERATIONS.get(random.nextInt(OPERATIONS.size())),
            id,
            TENANTS.get(number % TENANTS.size()),
            FIRST.plus(Duration.ofMinutes(7L * number)),
            random.nextInt(1_000_000) / 1_000.0,
            BigDecimal.valueOf(random.nextInt(100_000), 2),
            random.nextInt(10),
            number % 3 == 0 ? "null" : "\"note, \\\"" + number + "\\\"\"",
            number,
            number % 4 == 0 ? "null" : "\"01" + number + "\"",
            more);
  }
}
