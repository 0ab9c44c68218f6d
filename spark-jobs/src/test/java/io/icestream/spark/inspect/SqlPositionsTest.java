/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.PipelineFileException;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where in the file errors in SQL are reported. */
class SqlPositionsTest {
  private static final String START =
      """
      version: 1
      name: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: json, schema: reading.avsc }
      """;
  private static final String STEPS =
      """
      steps:
        plain:
          sql: SELECT device,
            sight FROM readings
        folded:
          sql: >
            SELECT device,

            sight
            FROM readings
        literal:
          sql: |
            SELECT device
            FORM readings
        single: { sql: 'SELECT ''x'' AS x, sight FROM readings' }
        double: { sql: "SELECT \\"x\\" AS x, sight FROM readings" }
        relation:
          sql: SELECT * FROM reedings
        checked:
          sql: SELECT * FROM readings
          expect:
            column: { check: "device > 'a' AND sight", else: drop }
            syntax: { check: device >, else: drop }
            function:
              check: |
                device IS NOT NULL
                AND rand() > 0
              else: drop
      """;
  private static final String END =
      """
      sinks:
        iot.readings: { from: checked, mode: append }
      quarantine: { table: iot.quarantine }
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void writeSchema() throws Exception {
    file = folder.resolve("p.yaml");
    Files.writeString(
        folder.resolve("reading.avsc"),
        """
        {"type": "record", "name": "R", "fields": [{"name": "device", "type": "string"}]}
        """);
  }

  @Test
  void pointsAtTheErrorInTheFile() throws Exception {
    // given
    Files.writeString(file, START + STEPS + END);

    // when
    List<Finding> findings =
        CheckedPipeline.of(LocalSpark.session().newSession(), PipelineParser.read(file)).findings();

    // then
    assertThat(findings)
        .extracting(finding -> finding.location() + " " + finding.message().split("'")[1])
        .containsExactly(
            "10:7 plain",
            "15:7 folded",
            "20:12 literal",
            "21:38 single",
            "22:38 double",
            "24:24 relation",
            "28:42 column",
            "29:32 syntax",
            "33:15 function");
    assertThat(findings).extracting(Finding::message).noneMatch(text -> text.contains("position"));
  }

  @Test
  void pointsAtTheErrorInAFileThatIsWrongElsewhere() throws Exception {
    // given
    Files.writeString(file, START.replace("name:", "nam:") + STEPS + END);

    // when
    List<Finding> findings =
        TextCheck.of(
            catchThrowableOfType(PipelineFileException.class, () -> PipelineParser.read(file)));

    // then
    assertThat(findings)
        .extracting(finding -> finding.location().toString())
        .contains("20:12", "24:24", "29:32", "33:15");
  }

  @Test
  void stopsWithThePlaceOfTheError() throws Exception {
    // given
    Files.writeString(file, START + STEPS + END);
    var definition = PipelineParser.read(file);

    // when
    var failure =
        catchThrowableOfType(
            PipelineFileException.class,
            () -> CheckedPipeline.required(LocalSpark.session().newSession(), definition));

    // then
    assertThat(failure).hasMessageContaining(file + ":10:7: Step 'plain': SQL: ");
  }
}
