/* SPDX-License-Identifier: MIT */
package io.icestream.model.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.model.FormatDefinition;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.parse.PipelineParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StarterFileTest {
  private static final Map<StarterFormat, Class<? extends FormatDefinition>> FORMATS =
      Map.of(
          StarterFormat.JSON, FormatDefinition.Json.class,
          StarterFormat.CSV, FormatDefinition.Csv.class,
          StarterFormat.TEXT, FormatDefinition.Text.class,
          StarterFormat.AVRO, FormatDefinition.Avro.class);

  @ParameterizedTest
  @EnumSource
  void givesAPipelineThatParses(StarterFormat format) {
    // when
    PipelineDefinition pipeline = parsed(StarterFile.text("web-shop", format, "p.schema.json"));

    // then
    assertThat(pipeline.name()).isEqualTo("web-shop");
    assertThat(pipeline.sources().get("events").format()).isInstanceOf(FORMATS.get(format));
    assertThat(pipeline.sinks()).containsOnlyKeys("web_shop.events");
    assertThat(pipeline.quarantine().table()).isEqualTo("web_shop.quarantine");
  }

  @ParameterizedTest
  @EnumSource
  void showsAGoodAndABadRecordInItsTests(StarterFormat format) {
    // when
    PipelineDefinition pipeline = parsed(StarterFile.text("shop", format, "p.schema.json"));

    // then
    assertThat(pipeline.tests())
        .hasSize(2)
        .allSatisfy(
            test -> {
              assertThat(test.given().get("events")).hasSize(1);
              assertThat(test.expect()).containsOnlyKeys("shop.events", "shop.quarantine");
            });
    assertThat(pipeline.tests().get(1).expect().get("shop.quarantine"))
        .containsExactly(
            Map.of("reason", pipeline.steps().get("checked").expectations().get(0).name()));
  }

  @ParameterizedTest
  @EnumSource
  void tellsEditorsWhereTheSchemaIs(StarterFormat format) {
    assertThat(StarterFile.text("shop", format, "../docs/pipeline.schema.json").lines())
        .startsWith("# yaml-language-server: $schema=../docs/pipeline.schema.json");
  }

  @ParameterizedTest
  @EnumSource
  void fitsIntoAHundredColumns(StarterFormat format) {
    assertThat(StarterFile.text("shop", format, "p.schema.json").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void hasTheColumnsThatThePipelineUsesInItsSchema() throws IOException {
    // when
    JsonNode schema = new ObjectMapper().readTree(StarterFile.schema());

    // then
    assertThat(schema.get("type").asText()).isEqualTo("record");
    assertThat(schema.findValuesAsText("name"))
        .containsExactlyInAnyOrder("Event", "id", "event_time", "amount");
  }

  private static PipelineDefinition parsed(String text) {
    return PipelineParser.parse(Path.of("starter.yaml"), text);
  }
}
