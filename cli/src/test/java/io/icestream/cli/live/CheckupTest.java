/* SPDX-License-Identifier: MIT */
package io.icestream.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.icestream.cli.live.Check.Outcome;
import io.icestream.localstack.EmbeddedStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at, in which order, where something is missing. */
class CheckupTest {
  @TempDir private Path home;

  @Test
  void saysHowToStartAStackThatDoesNotRun() {
    // when
    Checkup.Stack stack =
        new Checkup.Stack(EmbeddedStack.status(home), "./icestream up --profile localstack");
    List<Check> checks =
        new Checkup(Optional.of(stack), home.resolve("environment.properties")).run();

    // then
    assertThat(checks)
        .extracting(Check::name)
        .containsExactly("disk", "kafka", "s3", "environment");
    assertThat(checks)
        .filteredOn(check -> check.outcome() == Outcome.FAIL)
        .hasSize(3)
        .allSatisfy(
            check -> assertThat(check.remedy()).contains("./icestream up --profile localstack"));
  }

  @Test
  void asksNothingOfTablesWhileNoBrokerAnswers() throws IOException {
    // given
    Path file =
        Files.writeString(
            home.resolve("environment.properties"),
            "kafka.bootstrap.servers=127.0.0.1:1\ncheckpoints=/c\n");

    // when
    List<Check> checks = new Checkup(Optional.empty(), file).run();

    // then
    assertThat(checks).extracting(Check::name).containsExactly("environment", "brokers");
    assertThat(checks.get(1).outcome()).isEqualTo(Outcome.FAIL);
    assertThat(checks.get(1).finding()).contains("127.0.0.1:1");
  }
}
