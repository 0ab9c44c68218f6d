/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import io.icestream.spark.inspect.Finding.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedPipelineTest {
  private static final String YAML =
      """
      version: 1
      name: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: json, schema: reading.avsc }
      lookups:
        devices: { table: ref.devices%s }
      steps:
        enriched: { sql: "SELECT r.device, d.%s FROM readings r LEFT JOIN devices d USING (device)" }
        tall: { sql: "SELECT * FROM enriched WHERE %s" }
        plain: { sql: "SELECT %s FROM readings" }
      sinks:
        iot.tall: { from: tall, mode: append }
        iot.plain: { from: plain, mode: append }
      quarantine: { table: iot.quarantine }
      """;
  private static final String COLUMNS = ", columns: { device: string, site: string }";

  @TempDir private Path folder;

  @BeforeEach
  void writeSchema() throws Exception {
    Files.writeString(
        folder.resolve("reading.avsc"),
        """
        {"type": "record", "name": "R", "fields": [{"name": "device", "type": "string"}]}
        """);
  }

  @Test
  void checksLookupsByTheColumnsOfTheFile() {
    // when
    List<Finding> findings = check(COLUMNS, "sight", "true", "device");

    // then
    assertThat(findings).singleElement().satisfies(this::isAboutSight);
  }

  @Test
  void hasNothingToSayAboutARightFile() {
    assertThat(check(COLUMNS, "site", "true", "device")).isEmpty();
  }

  @Test
  void notesWhatItCannotCheck() {
    // when
    List<Finding> findings = check("", "sight", "sighted", "device");

    // then
    assertThat(findings)
        .extracting(Finding::severity, finding -> finding.message().split(":")[0])
        .containsExactly(
            tuple(Severity.NOTE, "The columns and types of step 'enriched' are not checked"),
            tuple(Severity.NOTE, "The columns and types of step 'tall' are not checked"));
    assertThat(findings.get(0).message()).contains("'devices'").contains("columns: { id: string }");
  }

  @Test
  void checksTheOthersAllTheSame() {
    // when
    List<Finding> findings = check("", "site", "site >", "nothing");

    // then
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(finding -> finding.message().substring(0, 17))
        .containsExactly("Step 'tall': SQL:", "Step 'plain': SQL");
  }

  private void isAboutSight(Finding finding) {
    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
    assertThat(finding.location()).hasToString("10:20");
    assertThat(finding.message()).startsWith("Step 'enriched': SQL:").contains("sight");
  }

  private List<Finding> check(String columns, String site, String where, String plain) {
    return CheckedPipeline.of(
            LocalSpark.session().newSession(),
            PipelineParser.parse(
                folder.resolve("p.yaml"), YAML.formatted(columns, site, where, plain)))
        .findings();
  }
}
