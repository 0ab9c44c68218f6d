/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackInstallTest {

  @TempDir private Path directory;

  private final FakeRunner runner = new FakeRunner();
  private StackHome home;
  private Path folder;

  @BeforeEach
  void makeFolders() throws IOException {
    home = new StackHome(directory.resolve("home"));
    home.create();
    Files.createDirectories(home.virtualEnvironment());
    folder = Files.createDirectories(directory.resolve("localstack"));
  }

  @Test
  void takesTheFirstPythonThatIsNewEnough() {
    // given
    runner.fail("python3.13").answer("python3.12");

    // when
    Optional<String> python = install(Optional.empty()).python();

    // then
    assertThat(python).contains("python3.12");
  }

  @Test
  void looksAtNoOtherPythonThanTheOneThatIsNamed() {
    // given
    runner.answer("python3.13");

    // when
    Optional<String> python = install(Optional.of("/opt/python")).python();

    // then
    assertThat(python).isEmpty();
    assertThat(runner.commands()).singleElement().asString().startsWith("/opt/python ");
  }

  @Test
  void installsOnceWithTheConstraintsOfTheImageAndShowsTheHooks() {
    // given
    runner.answer("python3.13").answer(home.python().toString());

    // when
    install(Optional.empty()).provide("python3.13", line -> {});
    install(Optional.empty()).provide("python3.13", line -> {});

    // then
    assertThat(runner.commands())
        .hasSize(2)
        .last()
        .asString()
        .contains("--constraint " + folder.resolve("images/localstack/constraints.txt"))
        .contains("localstack-core[runtime]==4.14.0");
    assertThat(home.localStackRoot().resolve("etc/localstack/init"))
        .isSymbolicLink()
        .satisfies(
            link -> assertThat(Files.readSymbolicLink(link)).isEqualTo(folder.resolve("init")));
  }

  @Test
  void needsNoOtherPythonOnceItIsInstalled() {
    // given
    runner.answer("python3.13").answer(home.python().toString());
    install(Optional.empty()).provide("python3.13", line -> {});

    // when
    Optional<String> python = install(Optional.of("/gone/python")).python();

    // then
    assertThat(python).contains(home.python().toString());
  }

  @Test
  void saysWhichCommandHasFailed() {
    // given
    runner.answer("python3.13").fail(home.python().toString());

    // then
    assertThatThrownBy(() -> install(Optional.empty()).provide("python3.13", line -> {}))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("-m pip install")
        .hasMessageContaining("package index");
  }

  private LocalStackInstall install(Optional<String> named) {
    return new LocalStackInstall(home, folder, runner, named);
  }
}
