/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class IcestreamTest {

  @TempDir private Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void suggestsTheCommandThatWasMeant() {
    // when
    int code = run("statsu");

    // then
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("statsu").contains("status");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void asksForACommand() {
    // when
    int code = run();

    // then
    assertThat(code).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            """
        error: Missing required subcommand
        See: icestream --help
        """);
  }

  @Test
  void documentsItsExitCodes() {
    // when
    int code = run("--help");

    // then
    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("Exit codes:")
        .containsPattern("3 +status: a server is not running");
  }

  @Test
  void statusSaysThatNothingRuns() {
    // when
    int code = run("status", "--home", home.toString());

    // then
    assertThat(code).isEqualTo(3);
    assertThat(out.toString()).containsPattern("kafka +stopped").containsPattern("s3 +stopped");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void statusSpeaksJson() throws Exception {
    // when
    int code = run("status", "--home", home.toString(), "--format", "json");

    // then
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    assertThat(code).isEqualTo(3);
    assertThat(answer.at("/home").asText()).isEqualTo(home.toString());
    assertThat(answer.at("/servers/0/name").asText()).isEqualTo("kafka");
    assertThat(answer.at("/servers/0/state").asText()).isEqualTo("stopped");
    assertThat(answer.at("/servers/0/pid").isNull()).isTrue();
  }

  @Test
  void showsAFailureWithoutItsStackTrace() throws Exception {
    // given
    Files.createDirectories(home.resolve("run"));
    Files.writeString(home.resolve("run/s3.pid"), "nonsense");

    // when
    int code = run("status", "--home", home.toString());

    // then
    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("error: Cannot read the pid file")
        .doesNotContain("Exception");
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
