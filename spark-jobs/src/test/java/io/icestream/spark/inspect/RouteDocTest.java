/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.PipelineDefinition;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a table per value, as the guide shows it. */
class RouteDocTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("### A table per value\n\n```yaml\n(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theExampleDoesWhatItsTestSays() throws Exception {
    // given
    Files.createDirectories(folder.resolve("schemas"));
    Files.writeString(
        folder.resolve("schemas/tenant-line.avsc"),
        """
        {"type": "record", "name": "Line", "fields": [
          {"name": "tenant", "type": "string"}, {"name": "text", "type": "string"}]}
        """);

    // when
    var outcomes = PipelineTests.run(LocalSpark.session().newSession(), example());

    // then
    assertThat(outcomes)
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.stopped()).isEmpty();
              assertThat(outcome.tables()).hasSize(2).allMatch(TableComparison::passed);
            });
  }

  @Test
  void theGraphShowsWhatNamesTheTablesAndWhereOtherRowsGo() throws Exception {
    // when
    PipelineGraph graph = PipelineGraph.of(example());

    // then
    assertThat(graph.nodes())
        .filteredOn(node -> node.name().equals("lake.logs"))
        .singleElement()
        .satisfies(node -> assertThat(node.details()).contains("a table per tenant, at most 2"));
    assertThat(graph.edges())
        .extracting(edge -> edge.from().name() + " > " + edge.to().name() + " " + edge.label())
        .contains("lake.logs > lake.rejected no table");
  }

  private PipelineDefinition example() throws Exception {
    Matcher guide = EXAMPLE.matcher(Files.readString(Path.of("../docs/pipeline-file.md")));
    assertThat(guide.find()).isTrue();
    return PipelineParser.parse(folder.resolve("logs.yaml"), guide.group(1));
  }
}
