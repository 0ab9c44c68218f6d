/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.Parameters;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.SinkDefinition.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables in a whole file: values of the type that a key has, and never shown. */
class VariablesTest {
  private static final String YAML =
      """
      version: 1
      name: ${param:name}
      sources:
        orders:
          kafka: { topic: "${env:PREFIX}.orders" }
          format: { type: csv, schema: order.avsc, delimiter: "${param:delimiter}" }
          event_time: at
          watermark: ${param:late}
      steps:
        s:
          sql: SELECT * FROM orders WHERE site = ${param:site}
          expect:
            ok: { check: "site = ${param:site}", else: warn }
          expect_batch:
            enough: { measure: row_count, at_least: "${param:rows}", else: fail }
      sinks:
        shop.orders: { from: s, mode: "${param:mode}", partition_by: ["${param:partition}"] }
      quarantine: { table: shop.quarantine }
      tests:
        - name: nothing is replaced in data
          given: { orders: [ "${param:site}" ] }
      """;

  private static final Map<String, String> VALUES =
      Map.of(
          "name", "shop",
          "delimiter", ";",
          "late", "10m",
          "site", "o'hara",
          "rows", "1000",
          "mode", "append",
          "partition", "days(at)");

  @Test
  void giveEachKeyAValueOfItsType() {
    // when
    PipelineDefinition pipeline = parse(VALUES);

    // then
    assertThat(pipeline.name()).isEqualTo("shop");
    var source = pipeline.sources().get("orders");
    assertThat(source.kafka().topic()).isEqualTo("eu.orders");
    assertThat(source.watermark()).contains(Duration.ofMinutes(10));
    var step = pipeline.steps().get("s");
    assertThat(step.sql()).isEqualTo("SELECT * FROM orders WHERE site = 'o\\'hara'");
    assertThat(step.expectations().get(0).check()).isEqualTo("site = 'o\\'hara'");
    assertThat(step.batchExpectations().get(0).atLeast()).isEqualTo(OptionalDouble.of(1000));
    var sink = pipeline.sinks().get("shop.orders");
    assertThat(sink.mode()).isEqualTo(Mode.APPEND);
    assertThat(sink.partitionBy()).singleElement().hasToString("days(at)");
  }

  @Test
  void takeANumberAsATextWhereATextBelongs() {
    assertThat(parse(with("name", "n2026")).name()).isEqualTo("n2026");
    assertThat(
            PipelineParser.parse(
                    Path.of("p.yaml"),
                    PipelineParserTest.MINIMAL.replace("topic: orders", "topic: '${param:t}'"),
                    parameters(Map.of("t", "2026")))
                .sources()
                .get("orders")
                .kafka()
                .topic())
        .isEqualTo("2026");
  }

  @Test
  void areNotReplacedInTests() {
    assertThat(parse(VALUES).tests().get(0).given().get("orders")).containsExactly("${param:site}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name | 2:7: 'name' is the value of ${param:name}. Use letters",
        "delimiter | 6:57: 'delimiter' in 'format' of source 'orders' has to be one character",
        "late | 8:16: 'watermark' in source 'orders' has to be a duration",
        "rows | 15:47: 'at_least' in expectation 'enough' has to be a whole number from 0, found"
            + " the value of ${param:rows}.",
        "mode | 17:33: 'mode' in sink 'shop.orders' is the value of ${param:mode}. Allowed:"
            + " append, upsert, cdc.",
        "partition | 17:65: the value of ${param:partition} is no partition transform"
      })
  void areNotShownIfTheyAreWrong(String name, String message) {
    // when
    String errors = errors(with(name, "s3cr3t apend!"));

    // then
    assertThat(errors).contains("p.yaml:" + message).doesNotContain("s3cr3t");
  }

  @Test
  void areNamedWithTheirPlaceIfTheyHaveNoValue() {
    // when
    String errors =
        errors(new Parameters(name -> Optional.empty(), Map.of("site", "s3cr3t")), YAML);

    // then
    assertThat(errors.lines())
        .contains(
            "p.yaml:5:21: 'topic' in 'kafka' of source 'orders': ${env:PREFIX} has no value. Set"
                + " the environment variable PREFIX.",
            "p.yaml:8:16: 'watermark' in source 'orders': ${param:late} has no value. Give the"
                + " parameter. Given: site.")
        .hasSize(7);
    assertThat(errors).doesNotContain("s3cr3t");
  }

  @Test
  void areNotShownInChecksAcrossTheFile() {
    // given
    String yaml =
        PipelineParserTest.MINIMAL
            .replace("from: orders", "from: '${param:from}'")
            .replace("shop.quarantine", "'${param:table}'");

    // when
    String errors = errors(parameters(Map.of("from", "s3cr3t", "table", "shop.orders")), yaml);

    // then
    assertThat(errors.lines())
        .containsExactly(
            "p.yaml:8:24: Sink 'shop.orders' takes rows from the value of ${param:from}, which is"
                + " no step or source. Allowed: orders.",
            "p.yaml:9:22: The quarantine's table, the value of ${param:table}, is a sink too. Give"
                + " the quarantine a table of its own.");
  }

  @Test
  void havingValuesThatAreEmptyAreNothing() {
    assertThat(errors(with("mode", "")))
        .contains(
            "'mode' in sink 'shop.orders' has to be a text, found the value of ${param:mode}");
  }

  @Test
  void needQuotesBetweenBraces() {
    assertThat(
            errors(
                parameters(VALUES),
                PipelineParserTest.MINIMAL.replace("topic: orders", "topic: ${param:t}")))
        .contains("Not valid YAML")
        .contains("Put a value with ${...} into quotes between { } and [ ].");
  }

  private static Parameters with(String name, String value) {
    var values = new HashMap<>(VALUES);
    values.put(name, value);
    return parameters(values);
  }

  private static Parameters parameters(Map<String, String> values) {
    return new Parameters(name -> Optional.of("eu").filter(v -> name.equals("PREFIX")), values);
  }

  private static PipelineDefinition parse(Map<String, String> values) {
    return parse(parameters(values));
  }

  private static PipelineDefinition parse(Parameters parameters) {
    return PipelineParser.parse(Path.of("p.yaml"), YAML, parameters);
  }

  private static String errors(Parameters parameters) {
    return errors(parameters, YAML);
  }

  private static String errors(Parameters parameters, String yaml) {
    var failure =
        catchThrowableOfType(
            PipelineFileException.class,
            () -> PipelineParser.parse(Path.of("p.yaml"), yaml, parameters));
    assertThat(failure).as("the file is refused").isNotNull();
    return failure.getMessage();
  }
}
