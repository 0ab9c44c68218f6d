/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.localstack.ComposeProfile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UpOptionsTest {

  private final StringWriter err = new StringWriter();

  @Test
  void takesSeveralPartsAtOnce() {
    // when
    CommandLine command = Icestream.commandLine();
    command.parseArgs("up", "--profile", "localstack", "--with", "query,watch");

    // then
    Set<ComposeProfile> parts =
        command.getSubcommands().get("up").getCommandSpec().findOption("--with").getValue();
    assertThat(parts).containsExactlyInAnyOrder(ComposeProfile.QUERY, ComposeProfile.WATCH);
  }

  @Test
  void refusesPartsOfTheEmbeddedStack() {
    // when
    int code = execute("up", "--with", "query");

    // then
    assertThat(code).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("--profile localstack");
  }

  @Test
  void refusesAnUnknownProfile() {
    // when
    int code = execute("up", "--profile", "aws");

    // then
    assertThat(code).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("EMBEDDED").contains("LOCALSTACK");
  }

  private int execute(String... arguments) {
    return Icestream.commandLine().setErr(new PrintWriter(err)).execute(arguments);
  }
}
