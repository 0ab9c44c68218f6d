/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainerEngineTest {

  private static final Path NO_SOCKET = Path.of("/nowhere/docker.sock");

  @Test
  void prefersComposeAsAPartOfDocker() {
    // given
    FakeRunner runner =
        new FakeRunner()
            .answer("docker version", "28.0.1")
            .answer("docker compose version", "v2.30.0")
            .answer("docker-compose version", "1.29.2");

    // when
    ContainerEngine engine = ContainerEngine.find(runner, NO_SOCKET);

    // then
    assertThat(engine).isEqualTo(new ContainerEngine.Ready(List.of("docker", "compose")));
  }

  @Test
  void takesTheOlderComposeWhereThatIsTheOneThere() {
    // given
    FakeRunner runner =
        new FakeRunner()
            .answer("docker version", "20.10.24")
            .fail("docker compose version")
            .answer("docker-compose version", "1.29.2");

    // when
    ContainerEngine engine = ContainerEngine.find(runner, NO_SOCKET);

    // then
    assertThat(engine).isEqualTo(new ContainerEngine.Ready(List.of("docker-compose")));
  }

  @Test
  void saysThatDockerIsNotInstalled() {
    // when
    ContainerEngine engine = ContainerEngine.find(new FakeRunner(), NO_SOCKET);

    // then
    assertThat(reason(engine)).isEqualTo("there is no command 'docker'");
  }

  @Test
  void saysThatNoEngineRuns() {
    // when
    ContainerEngine engine =
        ContainerEngine.find(new FakeRunner().fail("docker version"), NO_SOCKET);

    // then
    assertThat(reason(engine)).isEqualTo("no engine answers to 'docker version'");
  }

  @Test
  void saysThatComposeIsMissing() {
    // when
    ContainerEngine engine =
        ContainerEngine.find(new FakeRunner().answer("docker version", "20.10.24"), NO_SOCKET);

    // then
    assertThat(reason(engine)).isEqualTo("engine 20.10.24 runs, and there is no Compose");
  }

  private static String reason(ContainerEngine engine) {
    assertThat(engine).isInstanceOf(ContainerEngine.Unusable.class);
    return ((ContainerEngine.Unusable) engine).reason();
  }
}
