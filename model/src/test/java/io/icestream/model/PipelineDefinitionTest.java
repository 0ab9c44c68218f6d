/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineDefinitionTest {

  @Test
  void resolvesPathsAgainstTheFoldersOfTheFile() {
    // given
    var definition = definition(Path.of("/pipelines/shop.yaml"));

    // when, then
    assertThat(definition.resolve("schemas/order.avsc"))
        .isEqualTo(Path.of("/pipelines/schemas/order.avsc"));
    assertThat(definition.resolve("../order.avsc")).isEqualTo(Path.of("/order.avsc"));
    assertThat(definition.resolve("/etc/order.avsc")).isEqualTo(Path.of("/etc/order.avsc"));
  }

  @Test
  void doesNotChangeWithTheMapsItWasMadeOf() {
    // given
    Map<String, LookupDefinition> lookups = new HashMap<>();
    var definition =
        new PipelineDefinition(
            Path.of("p.yaml"),
            "shop",
            Map.of(),
            lookups,
            Map.of(),
            Map.of(),
            new QuarantineDefinition(Location.START, "shop.quarantine"),
            List.of());

    // when
    lookups.put(
        "x",
        new LookupDefinition(Location.START, "a.b", Map.of(), LookupDefinition.DEFAULT_REFRESH));

    // then
    assertThat(definition.lookups()).isEmpty();
    assertThatThrownBy(() -> definition.lookups().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void anExceptionNamesFileAndPlaceOfEachProblem() {
    // given
    var first = new Problem(new Location(2, 5), "One.");
    var second = new Problem(new Location(10, 1), "Two.");

    // when
    var exception = new PipelineFileException(Path.of("p.yaml"), List.of(first, second));

    // then
    assertThat(exception)
        .hasMessage("p.yaml:2:5: One." + System.lineSeparator() + "p.yaml:10:1: Two.");
    assertThat(exception.problems()).containsExactly(first, second);
  }

  private static PipelineDefinition definition(Path file) {
    return new PipelineDefinition(
        file,
        "shop",
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        new QuarantineDefinition(Location.START, "shop.quarantine"),
        List.of());
  }
}
