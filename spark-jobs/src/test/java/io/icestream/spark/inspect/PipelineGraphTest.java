/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.parse.PipelineParser;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PipelineGraphTest {

  @Test
  void followsTheRows() {
    // when
    PipelineGraph graph =
        PipelineGraph.of(PipelineParser.read(Path.of("../pipelines/iot-telemetry.yaml")));

    // then
    assertThat(graph.nodes())
        .extracting(node -> node.kind() + " " + node.name())
        .containsExactly(
            "source readings",
            "lookup devices",
            "step enriched",
            "step per_minute",
            "sink iot.readings",
            "sink iot.minute_stats",
            "quarantine iot.quarantine");
    assertThat(graph.edges())
        .extracting(edge -> edge.from().name() + " > " + edge.to().name() + " " + edge.label())
        .containsExactlyInAnyOrder(
            "readings > iot.quarantine malformed, late",
            "readings > enriched ",
            "devices > enriched ",
            "enriched > iot.quarantine unmet",
            "enriched > per_minute ",
            "enriched > iot.readings ",
            "per_minute > iot.minute_stats ");
  }

  @Test
  void saysWhatANodeDoes() {
    // when
    PipelineGraph graph =
        PipelineGraph.of(PipelineParser.read(Path.of("../pipelines/iot-telemetry.yaml")));

    // then
    assertThat(graph.nodes().get(0).details())
        .containsExactly("topic iot.readings", "json", "event time event_time", "late after 10m");
    assertThat(graph.nodes().get(2).details())
        .contains("expect device_is_known: model IS NOT NULL, else warn");
    assertThat(graph.nodes().get(5).details())
        .containsExactly("upsert", "key device_id, minute", "partitioned by days(minute)");
  }
}
