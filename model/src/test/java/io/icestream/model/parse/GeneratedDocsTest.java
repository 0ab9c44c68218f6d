/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.model.metric.MetricsReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * What is generated and checked in is what the shapes say. With the system property {@code
 * docs.update} the files are written instead.
 */
class GeneratedDocsTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String COMMAND =
      "./mvnw -pl model test -Dtest=GeneratedDocsTest -Ddocs.update=true";

  @Test
  void jsonSchemaIsUpToDate() throws IOException {
    assertUpToDate(DOCS.resolve("pipeline.schema.json"), PipelineSchema.text());
  }

  @Test
  void referenceIsUpToDate() throws IOException {
    assertUpToDate(DOCS.resolve("pipeline-reference.md"), PipelineReference.text());
  }

  @Test
  void metricsReferenceIsUpToDate() throws IOException {
    assertUpToDate(DOCS.resolve("metrics.md"), MetricsReference.text());
  }

  private static void assertUpToDate(Path file, String generated) throws IOException {
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(file, generated);
    }
    assertThat(file)
        .as("%s is generated. Bring it up to date with: %s", file.getFileName(), COMMAND)
        .exists()
        .content()
        .isEqualTo(generated);
  }
}
