/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static io.icestream.spark.decode.AvroFixtures.confluent;
import static io.icestream.spark.decode.AvroFixtures.encode;
import static io.icestream.spark.decode.AvroFixtures.record;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.Location;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.plan.SourcePlan;
import io.icestream.spark.registry.RegistrySettings;
import io.icestream.spark.source.RawRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches whose schemas come from a registry that does not always answer. */
class FramedAvroBatchTest {
  private static final Schema SCHEMA = record("\"name\": \"n\", \"type\": \"int\"");

  private final AtomicInteger failures = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aBatchWaitsForTheRegistryAndLosesNothing() {
    // given: the registry is down for the first three questions, and never has schema 2
    failures.set(3);
    List<byte[]> payloads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      payloads.add(confluent(i % 5 == 4 ? 2 : 1, encode(SCHEMA, i)));
    }

    // when
    try (var batch = batch(payloads)) {

      // then
      assertThat(LocalSpark.sorted(batch.accepted().selectExpr("sum(n)", "count(*)")))
          .containsExactly("[144,16]");
      assertThat(LocalSpark.sorted(batch.rejected().selectExpr("_reason", "_detail").distinct()))
          .containsExactly("[unknown_schema,The registry has no schema with id 2]");
      assertThat(batch.counts().accepted()).isEqualTo(16);
      assertThat(failures.get()).as("the registry was down").isNegative();
    }
  }

  private DecodedBatch batch(List<byte[]> payloads) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < payloads.size(); i++) {
      rows.add(
          RowFactory.create(null, payloads.get(i), "t", 0, (long) i, new Timestamp(0), 0, null));
    }
    return DecodedBatch.of(LocalSpark.rows(RawRecord.COLUMNS, rows), plan(), EventTimes.NONE);
  }

  private SourcePlan plan() {
    return new SourcePlan(
        Location.START,
        "s",
        new KafkaDefinition("t", KafkaDefinition.Start.EARLIEST),
        new FormatDefinition.Avro(
            "n.avsc", Optional.empty(), UnknownFields.IGNORE, Framing.CONFLUENT),
        new RecordSchema(
            AvroColumns.of(SCHEMA), new RecordSchema.Avro(SCHEMA.toString(), Optional.empty())),
        Optional.empty(),
        Optional.empty(),
        RegistrySettings.of(
            Map.of(
                "type", "confluent", "url", "http://127.0.0.1:" + server.getAddress().getPort())));
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean down = failures.decrementAndGet() >= 0;
    boolean known = exchange.getRequestURI().getPath().equals("/schemas/ids/1");
    String body =
        known
            ? new ObjectMapper().writeValueAsString(Map.of("schema", SCHEMA.toString()))
            : "{\"error_code\": 40403, \"message\": \"Schema not found\"}";
    byte[] bytes = down ? new byte[0] : body.getBytes(UTF_8);
    exchange.sendResponseHeaders(
        down ? 503 : known ? 200 : 404, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
