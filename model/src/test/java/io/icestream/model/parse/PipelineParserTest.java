/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.Expectation;
import io.icestream.model.Expectation.Otherwise;
import io.icestream.model.FormatDefinition;
import io.icestream.model.KafkaDefinition;
import io.icestream.model.KafkaDefinition.Start;
import io.icestream.model.Location;
import io.icestream.model.LookupDefinition;
import io.icestream.model.PartitionTransform;
import io.icestream.model.PartitionTransform.Kind;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.QuarantineDefinition;
import io.icestream.model.SinkDefinition;
import io.icestream.model.SinkDefinition.Mode;
import io.icestream.model.SourceDefinition;
import io.icestream.model.StepDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineParserTest {
  static final String MINIMAL =
      """
      version: 1
      name: shop
      sources:
        orders:
          kafka: { topic: orders }
          format: { type: json, schema: order.avsc }
      sinks:
        shop.orders: { from: orders, mode: append }
      quarantine: { table: shop.quarantine }
      """;

  private static final String FULL =
      """
      version: 1
      name: iot-telemetry
      sources:
        readings:
          kafka: { topic: iot.readings, start: latest }
          format: { type: json, schema: schemas/reading.avsc, unknown_fields: reject }
          event_time: event_time
          watermark: 10m
      lookups:
        devices: { table: ref.devices, refresh: 30s }
      steps:
        enriched:
          sql: SELECT r.*, d.model FROM readings r LEFT JOIN devices d USING (device_id)
          expect:
            in_range: { check: temperature BETWEEN -60 AND 90, else: quarantine }
            known: { check: model IS NOT NULL, else: warn }
        per_minute:
          sql: |
            SELECT device_id, count(*) AS n
            FROM enriched GROUP BY device_id
      sinks:
        iot.readings:
          from: enriched
          mode: append
          partition_by: [days(event_time), "bucket(16, device_id)"]
        iot.stats: { from: per_minute, mode: upsert, key: [device_id] }
      quarantine: { table: iot.quarantine }
      """;

  @TempDir private Path folder;

  @Test
  void mapsAFullFile() {
    // when
    var definition = parse(FULL);

    // then
    assertThat(definition.file()).isEqualTo(Path.of("p.yaml"));
    assertThat(definition.name()).isEqualTo("iot-telemetry");
    assertThat(definition.sources())
        .containsOnlyKeys("readings")
        .containsValue(
            new SourceDefinition(
                new Location(5, 5),
                new KafkaDefinition("iot.readings", Start.LATEST),
                new FormatDefinition.Json(
                    "schemas/reading.avsc",
                    FormatDefinition.UnknownFields.REJECT,
                    FormatDefinition.Layout.SINGLE,
                    FormatDefinition.Framing.NONE),
                Optional.of("event_time"),
                Optional.of(Duration.ofMinutes(10))));
    assertThat(definition.lookups())
        .containsOnlyKeys("devices")
        .containsValue(
            new LookupDefinition(
                new Location(10, 12), "ref.devices", Map.of(), Duration.ofSeconds(30)));
    assertThat(definition.steps()).containsOnlyKeys("enriched", "per_minute");
    assertThat(definition.steps().get("enriched"))
        .isEqualTo(
            new StepDefinition(
                new Location(13, 10),
                "SELECT r.*, d.model FROM readings r LEFT JOIN devices d USING (device_id)",
                List.of(
                    new Expectation(
                        new Location(15, 26),
                        "in_range",
                        "temperature BETWEEN -60 AND 90",
                        Otherwise.QUARANTINE),
                    new Expectation(
                        new Location(16, 23), "known", "model IS NOT NULL", Otherwise.WARN)),
                List.of()));
    assertThat(definition.steps().get("per_minute").sql())
        .isEqualTo("SELECT device_id, count(*) AS n\nFROM enriched GROUP BY device_id\n");
    assertThat(definition.sinks()).containsOnlyKeys("iot.readings", "iot.stats");
    assertThat(definition.sinks().get("iot.readings"))
        .isEqualTo(
            new SinkDefinition(
                new Location(23, 5),
                "iot.readings",
                "enriched",
                Mode.APPEND,
                List.of(
                    new PartitionTransform(Kind.DAYS, "event_time", 0),
                    new PartitionTransform(Kind.BUCKET, "device_id", 16)),
                List.of()));
    assertThat(definition.sinks().get("iot.stats"))
        .isEqualTo(
            new SinkDefinition(
                new Location(26, 14),
                "iot.stats",
                "per_minute",
                Mode.UPSERT,
                List.of(),
                List.of("device_id")));
    assertThat(definition.quarantine())
        .isEqualTo(new QuarantineDefinition(new Location(27, 22), "iot.quarantine"));
  }

  @Test
  void fillsInWhatAMinimalFileLeavesOut() {
    // when
    var definition = parse(MINIMAL);

    // then
    var source = definition.sources().get("orders");
    assertThat(source.kafka().start()).isEqualTo(Start.EARLIEST);
    assertThat(source.format())
        .isEqualTo(
            new FormatDefinition.Json(
                "order.avsc",
                FormatDefinition.UnknownFields.IGNORE,
                FormatDefinition.Layout.SINGLE,
                FormatDefinition.Framing.NONE));
    assertThat(source.eventTime()).isEmpty();
    assertThat(source.watermark()).isEmpty();
    assertThat(definition.lookups()).isEmpty();
    assertThat(definition.steps()).isEmpty();
    var sink = definition.sinks().get("shop.orders");
    assertThat(sink.partitionBy()).isEmpty();
    assertThat(sink.key()).isEmpty();
  }

  @Test
  void refreshesALookupEveryFiveMinutesUnlessToldOtherwise() {
    // when
    var definition = parse(MINIMAL + "lookups: { customers: { table: ref.customers } }\n");

    // then
    assertThat(definition.lookups().get("customers").refresh()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void keepsTheOrderOfTheFile() {
    // given
    var steps =
        """
        steps:
          zebra: { sql: SELECT * FROM orders }
          apple: { sql: SELECT * FROM zebra }
          mango: { sql: SELECT * FROM apple }
        """;

    // when
    var definition = parse(MINIMAL + steps);

    // then
    assertThat(definition.steps().keySet()).containsExactly("zebra", "apple", "mango");
  }

  @Test
  void readsCsvWithACommaUnlessToldOtherwise() {
    assertThat(format("{ type: csv, schema: a.avsc }"))
        .isEqualTo(new FormatDefinition.Csv("a.avsc", ',', List.of()));
    assertThat(format("{ type: csv, schema: a.avsc, delimiter: ; }"))
        .isEqualTo(new FormatDefinition.Csv("a.avsc", ';', List.of()));
  }

  @Test
  void readsCsvWithATabOrABlank() {
    assertThat(format("{ type: csv, schema: a.avsc, delimiter: \"\\t\" }"))
        .isEqualTo(new FormatDefinition.Csv("a.avsc", '\t', List.of()));
    assertThat(format("{ type: csv, schema: a.avsc, delimiter: ' ' }"))
        .isEqualTo(new FormatDefinition.Csv("a.avsc", ' ', List.of()));
  }

  @Test
  void readsLogLines() {
    assertThat(format("{ type: text, pattern: apache_combined }"))
        .isEqualTo(
            new FormatDefinition.Text(
                Optional.of(FormatDefinition.Pattern.APACHE_COMBINED),
                Optional.empty(),
                Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "10m, PT10M", "2h, PT2H", "1d, PT24H", "0s, PT0S"})
  void readsDurationsWithAUnit(String text, Duration expected) {
    // when
    var definition = parse(MINIMAL + "lookups: { l: { table: a.b, refresh: " + text + " } }\n");

    // then
    assertThat(definition.lookups().get("l").refresh()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"warn, WARN", "drop, DROP", "quarantine, QUARANTINE", "fail, FAIL"})
  void readsWhatHappensToARowThatDoesNotMeetACheck(String text, Otherwise expected) {
    // given
    var yaml =
        MINIMAL
            + """
            steps:
              s:
                sql: SELECT * FROM orders
                expect: { e: { check: a > 0, else: %s } }
            """
                .formatted(text);

    // when
    var definition = parse(yaml);

    // then
    assertThat(definition.steps().get("s").expectations().get(0).otherwise()).isEqualTo(expected);
  }

  @Test
  void takesAFileFromDiskInUtf8() throws IOException {
    // given
    var file = folder.resolve("p.yaml");
    Files.writeString(file, "# Bestellungen für Köln\n" + MINIMAL);

    // when
    var definition = PipelineParser.read(file);

    // then
    assertThat(definition.file()).isEqualTo(file);
    assertThat(definition.name()).isEqualTo("shop");
  }

  @Test
  void doesNotMindDocumentMarksAnchorsAndJson() {
    assertThat(parse("---\n" + MINIMAL).name()).isEqualTo("shop");
    assertThat(parse(MINIMAL.replace("name: shop", "name: &n shop")).name()).isEqualTo("shop");
    assertThat(
            parse(
                    """
                    {"version": 1, "name": "shop",
                     "sources": {"o": {"kafka": {"topic": "o"}, "format": {"type": "json", "schema": "o.avsc"}}},
                     "sinks": {"shop.o": {"from": "o", "mode": "append"}},
                     "quarantine": {"table": "shop.q"}}
                    """)
                .sinks())
        .containsOnlyKeys("shop.o");
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readsEachExample(Path example) {
    // when
    var definition = PipelineParser.read(example);

    // then
    assertThat(example.getFileName()).hasToString(definition.name() + ".yaml");
    for (var source : definition.sources().values()) {
      if (source.format() instanceof FormatDefinition.Json json) {
        assertThat(definition.resolve(json.schema())).isRegularFile();
      }
    }
  }

  static List<Path> examples() throws IOException {
    try (var files = Files.list(Path.of("..", "pipelines"))) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static FormatDefinition format(String format) {
    return parse(MINIMAL.replace("{ type: json, schema: order.avsc }", format))
        .sources()
        .get("orders")
        .format();
  }

  private static PipelineDefinition parse(String yaml) {
    return PipelineParser.parse(Path.of("p.yaml"), yaml);
  }
}
