/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.environment.Environment;
import io.icestream.spark.failure.PipelineFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryPlanTest {
  private static final StructType SCHEMA = new StructType().add("id", DataTypes.StringType);
  private static final Pace PACE = new Pace(Pace.DEFAULT_TRIGGER, true, 10);
  private static final String YAML =
      """
      version: 1
      name: shop
      sources:
        orders:
          kafka: { topic: shop.orders }
          format: { type: json, schema: order.avsc }
          event_time: t
          watermark: 10m
      lookups: { customers: { table: ref.customers } }
      steps:
        b: { sql: SELECT * FROM orders }
        a: { sql: SELECT * FROM b }
      sinks:
        shop.orders: { from: a, mode: append }
        shop.others: { from: b, mode: append }
      quarantine: { table: shop.quarantine }
      """;

  @Test
  void resolvesADefinitionInAnEnvironment() {
    // when
    var plan = plan("s3://lake/checkpoints");

    // then
    assertThat(plan.pipeline()).isEqualTo("shop");
    assertThat(plan.source().name()).isEqualTo("orders");
    assertThat(plan.source().kafka().topic()).isEqualTo("shop.orders");
    assertThat(plan.source().schema()).isEqualTo(SCHEMA);
    assertThat(plan.source().eventTime()).contains("t");
    assertThat(plan.source().watermark()).contains(Duration.ofMinutes(10));
    assertThat(plan.lookups()).containsOnlyKeys("customers");
    assertThat(plan.steps().keySet()).containsExactly("b", "a");
    assertThat(plan.sinks())
        .extracting(sink -> sink.table())
        .containsExactly("shop.orders", "shop.others");
    assertThat(plan.quarantineTable()).isEqualTo("shop.quarantine");
    assertThat(plan.pace()).isEqualTo(PACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3://lake/checkpoints", "s3://lake/checkpoints/", "s3://lake/checkpoints//"})
  void givesEachPipelineACheckpointOfItsOwn(String checkpoints) {
    assertThat(plan(checkpoints).checkpoint()).isEqualTo("s3://lake/checkpoints/shop");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "avro, schema: o.avsc, framing: confluent | confluent | | no schema registry",
        "protobuf, schema: o.proto, framing: glue | glue | | no schema registry",
        "avro, schema: o.avsc, framing: glue | glue | confluent | a schema registry of type 'confluent'"
      })
  void refusesAFramingWithoutItsRegistry(
      String format, String needed, String present, String found) {
    // given
    Map<String, String> registry =
        present == null ? Map.of() : Map.of("type", present, "url", "http://registry:8081");

    // when, then
    assertThatThrownBy(() -> framed(format, registry).source().requireRegistry())
        .isInstanceOf(PipelineFailure.class)
        .hasMessage(
            "Source 'orders' has framing '"
                + needed
                + "', and the environment has "
                + found
                + ". Set 'registry.type="
                + needed
                + "' and its keys in the environment, or correct 'framing'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "avro, schema: o.avsc, framing: confluent | confluent",
        "json, schema: o.avsc, framing: confluent |",
        "avro, schema: o.avsc |"
      })
  void takesAFramingWithItsRegistryAndJsonWithoutOne(String format, String present) {
    // given
    Map<String, String> registry =
        present == null ? Map.of() : Map.of("type", present, "url", "http://registry:8081");

    // when
    var source = framed(format, registry).source();
    source.requireRegistry();

    // then
    assertThat(source.registry().isPresent()).isEqualTo(present != null);
  }

  private static QueryPlan framed(String format, Map<String, String> registry) {
    var yaml = YAML.replace("json, schema: order.avsc", format);
    var environment = new Environment(Map.of(), "lake", Map.of(), "/c", Map.of(), registry);
    return QueryPlan.of(PipelineParser.parse(Path.of("p.yaml"), yaml), SCHEMA, environment, PACE);
  }

  private static QueryPlan plan(String checkpoints) {
    var environment = new Environment(Map.of(), "lake", Map.of(), checkpoints, Map.of());
    return QueryPlan.of(PipelineParser.parse(Path.of("p.yaml"), YAML), SCHEMA, environment, PACE);
  }
}
