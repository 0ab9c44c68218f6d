/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.icestream.model.PipelineFileException;
import io.icestream.model.parse.PipelineParser;
import io.icestream.spark.inspect.Finding.Severity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextCheckTest {
  private static final String WRONG_START =
      """
      version: 1
      nam: iot
      sources:
        readings:
          kafka: { topic: iot }
          format: { type: jsn, schema: reading.avsc }
      """;
  private static final String SINK =
      """
      sinks:
        iot.readings: { from: a, mode: append }
      quarantine: { table: iot.quarantine }
      """;

  @Test
  void reportsSqlBesideErrorsOfTheStructure() {
    // when
    List<Finding> findings =
        check(
            WRONG_START
                + """
                steps:
                  a:
                    sql: SELECT * FORM readings
                  b:
                    sql: SELECT * FROM reedings
                    expect:
                      ok: { check: "x >", else: drop }
                """
                + SINK);

    // then
    assertThat(findings)
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .extracting(finding -> finding.location() + " " + finding.message().split("\\.")[0])
        .containsExactly(
            "1:1 Key 'name' is missing in the pipeline file",
            "2:1 Unknown key 'nam' in the pipeline file",
            "6:21 'type' in 'format' of source 'readings' is 'jsn'",
            "9:10 Step 'a': SQL: Syntax error at or near 'readings': extra input 'readings'",
            "11:10 Step 'b': 'reedings' is no source, lookup or step above",
            "13:20 Expectation 'ok' of step 'b': SQL: Syntax error at or near end of input");
  }

  @Test
  void saysThatColumnsAreNotCheckedYet() {
    // when
    List<Finding> findings = check(WRONG_START + "steps: { a: { sql: SELECT 1 } }\n" + SINK);

    // then
    assertThat(findings.get(findings.size() - 1))
        .extracting(Finding::severity, Finding::message)
        .containsExactly(
            Severity.NOTE,
            "Columns and types of the steps are checked once these errors are corrected.");
  }

  @Test
  void aSourceThatCannotBeReadIsStillKnown() {
    // when
    List<Finding> findings =
        check(WRONG_START + "steps: { a: { sql: SELECT * FROM readings } }\n" + SINK);

    // then
    assertThat(findings).extracting(Finding::message).noneMatch(text -> text.contains("Step 'a'"));
  }

  @Test
  void aStepDoesNotReadOneBelow() {
    // when
    List<Finding> findings =
        check(
            WRONG_START
                + """
                steps:
                  a: { sql: SELECT * FROM b }
                  b: { sql: SELECT * FROM readings }
                """
                + SINK);

    // then
    assertThat(findings)
        .extracting(Finding::message)
        .anyMatch(text -> text.startsWith("Step 'a': 'b' is no source, lookup or step above."));
  }

  private static List<Finding> check(String yaml) {
    return TextCheck.of(
        catchThrowableOfType(
            PipelineFileException.class, () -> PipelineParser.parse(Path.of("p.yaml"), yaml)));
  }
}
