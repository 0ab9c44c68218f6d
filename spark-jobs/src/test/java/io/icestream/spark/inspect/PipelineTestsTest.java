/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.PipelineFileException;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a pipeline file, run through the pipeline's own decoder and steps. */
class PipelineTestsTest {
  private static final String PIPELINE =
      """
      version: 1
      name: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: json, schema: reading.avsc }
          event_time: t
          watermark: 1m
      lookups:
        devices: { table: ref.devices, columns: { device: string, site: string, rank: int } }
      steps:
        enriched:
          sql: SELECT r.*, d.site, d.rank FROM readings r LEFT JOIN devices d USING (device)
          expect:
            positive: { check: value > 0, else: quarantine }
            sane: { check: value < 1000, else: fail }
          expect_batch:
            few: { measure: row_count, at_most: 6, else: fail }
            fresh: { measure: freshness, column: t, at_most: 1s, else: fail }
        per_minute:
          sql: |
            SELECT device, window(t, '1 minute').start AS minute, sum(value) AS total, avg(value) AS mean
            FROM enriched GROUP BY device, window(t, '1 minute')
      sinks:
        iot.rows: { from: enriched, mode: append }
        iot.stats: { from: per_minute, mode: upsert, key: [device, minute] }
      quarantine: { table: iot.bad }
      tests:
        - name: it
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeSchema() throws Exception {
    Files.writeString(
        folder.resolve("reading.avsc"),
        """
        {"type": "record", "name": "R", "fields": [
          {"name": "device", "type": "string"},
          {"name": "t", "type": {"type": "long", "logicalType": "timestamp-micros"}},
          {"name": "value", "type": "int"}]}
        """);
  }

  @Test
  void passesWhereAllRowsAreAsExpected() {
    // when
    TestOutcome outcome =
        run(
            """
            given:
              devices:
                - { device: a, site: north, rank: 1 }
              readings:
                - { device: a, t: "2026-01-31T12:00:00Z", value: 1 }
                - { device: a, t: "2026-01-31T12:00:59Z", value: 2 }
                - { device: b, t: "2026-01-31T12:01:00Z", value: 5 }
            expect:
              iot.rows:
                - { device: a, site: north, rank: 1, value: 1, kafka_offset: 0 }
                - { device: a, site: north, value: 2, kafka_offset: 1 }
                - { device: b, site: null, value: 5, kafka_topic: iot }
              iot.stats:
                - { device: a, minute: 2026-01-31 12:00:00, total: 3, mean: 1.5 }
                - { device: b, minute: 2026-01-31 12:01:00, total: 5, mean: 5 }
              iot.bad: []
            """);

    // then
    assertThat(outcome.tables()).allSatisfy(table -> assertThat(table.passed()).isTrue());
    assertThat(outcome.passed()).isTrue();
  }

  @Test
  void quarantinesAsARunDoes() {
    // when
    TestOutcome outcome =
        run(
            """
            given:
              readings:
                - { device: a, t: "2026-01-31T12:10:00Z", value: 1 }
                - { device: a, t: "2026-01-31T12:08:59Z", value: 1 }
                - { device: a, t: "2026-01-31T12:10:00Z", value: -1 }
                - not json
            expect:
              iot.rows: [{ device: a }]
              iot.bad:
                - { offset: 1, stage: late, reason: late }
                - { offset: 2, stage: expect, reason: positive, detail: "Expected: value > 0" }
                - { offset: 3, stage: decode, reason: malformed_json, payload: not json }
            """);

    // then
    assertThat(outcome.passed()).as(outcome.toString()).isTrue();
  }

  @Test
  void failsWhereACellDiffers() {
    // when
    TestOutcome outcome =
        run(
            """
            given:
              readings: [{ device: a, t: "2026-01-31T12:00:00Z", value: 1 }]
            expect:
              iot.rows: [{ device: a, value: 2 }]
              iot.stats: [{ device: a, total: 1 }]
            """);

    // then
    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.tables()).extracting(TableComparison::passed).containsExactly(false, true);
    assertThat(outcome.tables().get(0).near())
        .singleElement()
        .satisfies(
            near -> {
              assertThat(near.different()).containsExactly("value");
              assertThat(near.found()).containsEntry("value", BigDecimal.ONE);
              assertThat(near.found()).containsEntry("t", Instant.parse("2026-01-31T12:00:00Z"));
            });
  }

  @Test
  void aTestThatExpectsNothingFailsWithWhatCameOut() {
    // when
    TestOutcome outcome =
        run("given: { readings: [{ device: a, t: \"2026-01-31T12:00:00Z\", value: 1 }] }\n");

    // then
    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.tables())
        .extracting(TableComparison::table)
        .containsExactly("iot.rows", "iot.stats");
    assertThat(outcome.tables().get(1).foundAsExpected())
        .containsExactly(
            Map.of(
                "device",
                "a",
                "minute",
                Instant.parse("2026-01-31T12:00:00Z"),
                "total",
                BigDecimal.ONE,
                "mean",
                1.0));
  }

  @Test
  void saysWhyThePipelineWouldStop() {
    // when
    TestOutcome outcome =
        run(
            """
            given:
              readings: [{ device: a, t: "2026-01-31T12:00:00Z", value: 1000 }]
            expect:
              iot.rows: []
            """);

    // then
    assertThat(outcome.passed()).isFalse();
    assertThat(outcome.stopped().orElseThrow()).contains("sane").contains("else: fail");
  }

  @Test
  void stopsWhereAMeasureOfTheBatchWouldStopThePipeline() {
    // given
    String row = "{ device: a, t: \"2026-01-31T12:00:00Z\", value: 1 }";

    // when
    TestOutcome outcome =
        run("given: { readings: [" + String.join(", ", Collections.nCopies(7, row)) + "] }\n");

    // then
    assertThat(outcome.stopped().orElseThrow())
        .contains("few (row_count is 7; at_most is 6)")
        .doesNotContain("fresh");
  }

  @Test
  void refusesLookupRowsThatDoNotFit() {
    assertThatThrownBy(
            () ->
                run(
                    """
                    given:
                      devices: [{ device: a, rank: high }]
                    expect:
                      iot.rows: []
                    """))
        .isInstanceOf(PipelineFileException.class)
        .hasMessageContaining("29:5: Test 'it': record 1 of 'devices' does not fit")
        .hasMessageContaining("rank: expected int");
  }

  @Test
  void passesTheTestsOfTheExampleOfChanges() {
    // when
    List<TestOutcome> outcomes =
        PipelineTests.run(
            LocalSpark.session().newSession(),
            PipelineParser.read(Path.of("..", "pipelines", "customers-cdc.yaml")));

    // then
    assertThat(outcomes)
        .isNotEmpty()
        .allSatisfy(outcome -> assertThat(outcome.passed()).as(outcome.toString()).isTrue());
  }

  private TestOutcome run(String test) {
    List<TestOutcome> outcomes =
        PipelineTests.run(
            LocalSpark.session().newSession(),
            PipelineParser.parse(folder.resolve("p.yaml"), PIPELINE + test.indent(4)));
    assertThat(outcomes).hasSize(1);
    return outcomes.get(0);
  }
}
