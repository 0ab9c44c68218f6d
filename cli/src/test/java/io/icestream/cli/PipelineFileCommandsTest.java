/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.model.starter.StarterFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The commands that need a pipeline file and nothing else. */
class PipelineFileCommandsTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @EnumSource
  void whatInitWritesIsRightAndPassesItsTests(StarterFormat type) {
    // given
    run("init", "my-events", "--dir", folder.toString(), "--format-type", type.name());
    String file = folder.resolve("my-events.yaml").toString();

    // when
    int validated = run("validate", file);
    int tested = run("test", file);

    // then
    assertThat(validated).as(out.toString()).isZero();
    assertThat(tested).as(out.toString()).isZero();
    assertThat(out.toString()).contains("no errors").contains("ok ");
  }

  @Test
  void initOverwritesNothing() throws Exception {
    // given
    Path file = Files.writeString(folder.resolve("mine.yaml"), "mine");

    // when
    int code = run("init", "mine", "--dir", folder.toString());

    // then
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("mine.yaml is there already");
    assertThat(file).hasContent("mine");
    assertThat(folder.resolve("schemas")).doesNotExist();
  }

  @Test
  void aParameterIsGivenOnTheCommandLine() throws Exception {
    // given
    Path file =
        Files.writeString(
            folder.resolve("p.yaml"),
            """
            version: 1
            name: p
            sources:
              s:
                kafka: { topic: "${param:stage}.events" }
                format: { type: raw }
            sinks:
              a.b: { from: s, mode: append }
            quarantine: { table: a.q }
            """);

    // when
    int without = run("validate", file.toString());
    String complaint = out.toString();
    int with = run("validate", file.toString(), "--param", "stage=prod=1");

    // then
    assertThat(without).isEqualTo(78);
    assertThat(complaint).contains(file + ":5:21: error: ").contains("stage");
    assertThat(with).as(out.toString()).isZero();
  }

  @Test
  void validateReportsEveryFileAndEveryError() throws Exception {
    // given
    Path one = Files.writeString(folder.resolve("one.yaml"), "version: 2\nnme: x\n");
    Path other = folder.resolve("absent.yaml");

    // when
    int code = run("validate", one.toString(), other.toString());

    // then
    assertThat(code).isEqualTo(78);
    assertThat(out.toString())
        .contains(one + ":1:10: error: 'version' in the pipeline file is '2'. Allowed: 1.")
        .contains(one + ":2:1: error: Unknown key 'nme'")
        .contains(other + ":1:1: error: The pipeline file does not exist.");
  }

  @Test
  void validateSpeaksJson() throws Exception {
    // given
    Path file = Files.writeString(folder.resolve("one.yaml"), "version: 1\nnme: x\n");

    // when
    int code = run("validate", "--format", "json", file.toString());

    // then
    assertThat(code).isEqualTo(78);
    JsonNode last = new ObjectMapper().readTree(out.toString()).get(4);
    assertThat(last.get("file").asText()).isEqualTo(file.toString());
    assertThat(last.get("line").asInt()).isEqualTo(2);
    assertThat(last.get("column").asInt()).isEqualTo(1);
    assertThat(last.get("severity").asText()).isEqualTo("error");
    assertThat(last.get("message").asText()).startsWith("Unknown key 'nme'");
  }

  @Test
  void aBrokenTestShowsWhatDiffersUntilItIsUpdated() throws Exception {
    // given
    run("init", "my-events", "--dir", folder.toString());
    Path file = folder.resolve("my-events.yaml");
    String right = Files.readString(file);
    Files.writeString(
        file, right.replace("[ { id: e1, amount: 12.5 } ]", "\n        - { id: e1, amount: 21 }"));

    // when
    int failed = run("test", file.toString());
    String shown = out.toString();
    int updated = run("test", "--update", file.toString());

    // then
    assertThat(failed).isEqualTo(1);
    assertThat(shown)
        .contains("FAILED")
        .contains("my_events.events: expected 1 row, found 1")
        .contains("almost found: { id: e1 }, but")
        .contains("amount: expected 21, found 12.5");
    assertThat(updated).isEqualTo(1);
    assertThat(file)
        .content()
        .isEqualTo(
            right.replace("[ { id: e1, amount: 12.5 } ]", "\n        - { id: e1, amount: 12.5 }"));
  }

  @Test
  void explainDrawsTheGraph() {
    // given
    run("init", "my-events", "--dir", folder.toString());
    String file = folder.resolve("my-events.yaml").toString();

    // when
    int code = run("explain", "--format", "mermaid", file);

    // then
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("flowchart LR")
        .contains(
            "n1[\"step <b>checked</b><br/>expect amount_is_not_negative: amount &gt;= 0, else quarantine\"]")
        .contains("n0 --> n1")
        .contains("n1 -->|unmet| n3");
  }

  private int run(String... arguments) {
    CommandLine command =
        Icestream.commandLine()
            .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
