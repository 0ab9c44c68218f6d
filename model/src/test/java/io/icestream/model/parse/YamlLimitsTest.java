/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.PipelineFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that would cost more than a pipeline file may: one clear error each. */
class YamlLimitsTest {
  private static final String MINIMAL = PipelineParserTest.MINIMAL;

  @TempDir private Path folder;

  @Test
  void refuseAFileOfMoreThanAMebibyte() throws IOException {
    // given
    Path file = folder.resolve("large.yaml");
    Files.writeString(file, MINIMAL + "# " + "x".repeat(1 << 20) + "\n");

    // when
    var failure =
        catchThrowableOfType(PipelineFileException.class, () -> PipelineParser.read(file));

    // then
    assertThat(failure)
        .hasMessage(file + ":1:1: The pipeline file is larger than 1 MiB. Take data out of it.");
  }

  @Test
  void refuseATextOfMoreThanAMebibyte() {
    assertThat(error(MINIMAL + "# " + "x".repeat(1 << 20) + "\n"))
        .isEqualTo("p.yaml:1:1: The pipeline file is larger than 1 MiB. Take data out of it.");
  }

  @Test
  void takeAFileOfNearlyAMebibyte() {
    // given
    String comment = "# " + "x".repeat((1 << 20) - MINIMAL.length() - 3) + "\n";

    // when
    var pipeline = PipelineParser.parse(Path.of("p.yaml"), MINIMAL + comment);

    // then
    assertThat(pipeline.name()).isEqualTo("shop");
  }

  @ParameterizedTest
  @ValueSource(ints = {51, 1_000, 100_000})
  void refuseDeepLists(int levels) {
    assertThat(error("a: " + "[".repeat(levels) + "]".repeat(levels) + "\n"))
        .isEqualTo("p.yaml:1:53: More than 50 levels of mappings and lists.");
  }

  @Test
  void refuseDeepMappings() {
    // given
    StringBuilder yaml = new StringBuilder();
    for (int level = 0; level < 600; level++) {
      yaml.append(" ".repeat(level)).append("a:\n");
    }

    // when
    String error = error(yaml.toString());

    // then
    assertThat(error).isEqualTo("p.yaml:51:51: More than 50 levels of mappings and lists.");
  }

  @Test
  void takeDeepDataInTests() {
    // given
    String record = "{ a: ".repeat(40) + "1" + " }".repeat(40);

    // when
    var pipeline =
        PipelineParser.parse(
            Path.of("p.yaml"),
            MINIMAL + "tests:\n  - { name: deep, given: { orders: [ " + record + " ] } }\n");

    // then
    assertThat(pipeline.tests()).hasSize(1);
  }

  @Test
  void refuseAliasesOfCollections() {
    // given
    String bomb =
        """
        a: &a [x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
        e: [*d, *d, *d, *d, *d, *d, *d, *d, *d]
        """;

    // when
    String error = error(bomb);

    // then
    assertThat(error)
        .isEqualTo(
            "p.yaml:2:8: '*a' stands for a mapping or a list. Write it out: aliases are for"
                + " scalars only.");
  }

  @Test
  void refuseACollectionThatHoldsItself() {
    assertThat(error("a: &a [*a]\n"))
        .startsWith("p.yaml:1:8: '*a' stands for a mapping or a list.");
  }

  @Test
  void takeAliasesOfScalars() {
    // given
    String yaml =
        MINIMAL.replace("name: shop", "name: &n shop").replace("topic: orders", "topic: *n");

    // when
    var pipeline = PipelineParser.parse(Path.of("p.yaml"), yaml);

    // then
    assertThat(pipeline.sources().get("orders").kafka().topic()).isEqualTo("shop");
  }

  private static String error(String yaml) {
    var failure =
        catchThrowableOfType(
            PipelineFileException.class, () -> PipelineParser.parse(Path.of("p.yaml"), yaml));
    assertThat(failure).as("the file is refused").isNotNull();
    return failure.getMessage();
  }
}
