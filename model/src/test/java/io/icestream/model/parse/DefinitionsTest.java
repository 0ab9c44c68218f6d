/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.BatchExpectation;
import io.icestream.model.BatchExpectation.Otherwise;
import io.icestream.model.BatchMeasure;
import io.icestream.model.FormatDefinition;
import io.icestream.model.FormatDefinition.Avro;
import io.icestream.model.FormatDefinition.Csv;
import io.icestream.model.FormatDefinition.Debezium;
import io.icestream.model.FormatDefinition.Encoding;
import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.Json;
import io.icestream.model.FormatDefinition.Layout;
import io.icestream.model.FormatDefinition.Pattern;
import io.icestream.model.FormatDefinition.Protobuf;
import io.icestream.model.FormatDefinition.Raw;
import io.icestream.model.FormatDefinition.Text;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.model.Location;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineTest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key arrives in its record, and so does every default. */
class DefinitionsTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("formats")
  void readsAFormat(String yaml, FormatDefinition expected) {
    // when
    PipelineDefinition pipeline =
        parse(PipelineParserTest.MINIMAL.replace("{ type: json, schema: order.avsc }", yaml));

    // then
    assertThat(pipeline.sources().get("orders").format()).isEqualTo(expected);
  }

  static Stream<Arguments> formats() {
    return Stream.of(
        Arguments.of(
            "{ type: json, schema: a.avsc }",
            new Json("a.avsc", UnknownFields.IGNORE, Layout.SINGLE, Framing.NONE)),
        Arguments.of(
            "{ type: json, schema: a.avsc, unknown_fields: evolve, framing: glue }",
            new Json("a.avsc", UnknownFields.EVOLVE, Layout.SINGLE, Framing.GLUE)),
        Arguments.of(
            "{ type: json, schema: a.avsc, layout: lines }",
            new Json("a.avsc", UnknownFields.IGNORE, Layout.LINES, Framing.NONE)),
        Arguments.of(
            "{ type: avro, schema: a.avsc }",
            new Avro("a.avsc", Optional.empty(), UnknownFields.IGNORE, Framing.NONE)),
        Arguments.of(
            "{ type: avro, schema: a.avsc, writer_schema: b.avsc, unknown_fields: reject }",
            new Avro("a.avsc", Optional.of("b.avsc"), UnknownFields.REJECT, Framing.NONE)),
        Arguments.of(
            "{ type: avro, schema: a.avsc, framing: confluent }",
            new Avro("a.avsc", Optional.empty(), UnknownFields.IGNORE, Framing.CONFLUENT)),
        Arguments.of(
            "{ type: protobuf, schema: a.proto }",
            new Protobuf("a.proto", Optional.empty(), UnknownFields.IGNORE, Framing.NONE)),
        Arguments.of(
            "{ type: protobuf, schema: a.desc, message: a.B, unknown_fields: reject,"
                + " framing: confluent }",
            new Protobuf("a.desc", Optional.of("a.B"), UnknownFields.REJECT, Framing.CONFLUENT)),
        Arguments.of(
            "{ type: csv, schema: a.avsc, delimiter: '|', header: [id, at] }",
            new Csv("a.avsc", '|', List.of("id", "at"))),
        Arguments.of(
            "{ type: text, pattern: nginx_combined }",
            new Text(Optional.of(Pattern.NGINX_COMBINED), Optional.empty(), Optional.empty())),
        Arguments.of(
            "{ type: text, regex: '(?P<a>.*)', schema: a.avsc }",
            new Text(Optional.empty(), Optional.of("(?P<a>.*)"), Optional.of("a.avsc"))),
        Arguments.of(
            "{ type: debezium, schema: a.avsc }", new Debezium("a.avsc", UnknownFields.IGNORE)),
        Arguments.of(
            "{ type: debezium, schema: a.avsc, unknown_fields: evolve }",
            new Debezium("a.avsc", UnknownFields.EVOLVE)),
        Arguments.of("{ type: raw }", new Raw(Encoding.BYTES)),
        Arguments.of("{ type: raw, as: text }", new Raw(Encoding.TEXT)));
  }

  @Test
  void readsBatchExpectations() {
    // given
    String steps =
        """
        steps:
          s:
            sql: SELECT * FROM orders
            expect_batch:
              rows: { measure: row_count, at_least: 1, at_most: 100, else: warn }
              nulls: { measure: null_share, column: a, at_most: 0.25, else: fail }
              ids: { measure: distinct_share, column: id, at_least: 1, else: fail }
              fresh: { measure: freshness, column: at, at_most: 1500ms, else: warn }
        """;

    // when
    PipelineDefinition pipeline = parse(PipelineParserTest.MINIMAL + steps);

    // then
    assertThat(pipeline.steps().get("s").batchExpectations())
        .containsExactly(
            new BatchExpectation(
                new Location(14, 13),
                "rows",
                new BatchMeasure.RowCount(),
                OptionalDouble.of(1),
                OptionalDouble.of(100),
                Otherwise.WARN),
            new BatchExpectation(
                new Location(15, 14),
                "nulls",
                new BatchMeasure.NullShare("a"),
                OptionalDouble.empty(),
                OptionalDouble.of(0.25),
                Otherwise.FAIL),
            new BatchExpectation(
                new Location(16, 12),
                "ids",
                new BatchMeasure.DistinctShare("id"),
                OptionalDouble.of(1),
                OptionalDouble.empty(),
                Otherwise.FAIL),
            new BatchExpectation(
                new Location(17, 14),
                "fresh",
                new BatchMeasure.Freshness("at"),
                OptionalDouble.empty(),
                OptionalDouble.of(1.5),
                Otherwise.WARN));
  }

  @Test
  void readsColumnsOfALookupInTheirOrder() {
    // when
    PipelineDefinition pipeline =
        parse(
            PipelineParserTest.MINIMAL
                + "lookups: { d: { table: ref.d, columns: { z: int, a: \"decimal(4,2)\" } } }\n");

    // then
    assertThat(pipeline.lookups().get("d").columns())
        .containsExactly(Map.entry("z", "int"), Map.entry("a", "decimal(4,2)"));
  }

  @Test
  void readsTestsWithTheirValues() {
    // given
    String tests =
        """
        tests:
          - name: all kinds of values
            given:
              orders:
                - { id: 1, price: 1.50, at: "2026-01-31", ok: true, note: null, tags: [a, { b: 2 }] }
                - '{"id": 2}'
            expect:
              shop.orders: [ { id: 1 }, {} ]
              shop.quarantine: []
          - name: nothing
        """;
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", new BigDecimal("1"));
    row.put("price", new BigDecimal("1.50"));
    row.put("at", "2026-01-31");
    row.put("ok", true);
    row.put("note", null);
    row.put("tags", List.of("a", Map.of("b", new BigDecimal("2"))));

    // when
    PipelineDefinition pipeline = parse(PipelineParserTest.MINIMAL + tests);

    // then
    assertThat(pipeline.tests())
        .containsExactly(
            new PipelineTest(
                new Location(11, 5),
                "all kinds of values",
                Map.of("orders", List.of(row, "{\"id\": 2}")),
                Map.of(
                    "shop.orders",
                    List.of(Map.of("id", new BigDecimal("1")), Map.of()),
                    "shop.quarantine",
                    List.of())),
            new PipelineTest(new Location(19, 5), "nothing", Map.of(), Map.of()));
  }

  private static PipelineDefinition parse(String yaml) {
    return PipelineParser.parse(Path.of("p.yaml"), yaml);
  }
}
