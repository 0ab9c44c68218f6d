/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComposeStartTest {

  private static final String WELL =
      "kafka|/p_kafka_1|running|0|healthy|2026-11-24T00:00:00.5Z|127.0.0.1:19092 ";
  private static final String DONE = "setup|/p_setup_1|exited|0||2026-11-24T00:00:00.5Z|";

  private static final ComposeFile FILE =
      new ComposeFile(
          Path.of("/tree/localstack/docker-compose.yml"),
          List.of(
              service("kafka", "apache/kafka:4.1.1", Set.of(), Optional.of("PORT")),
              service("grafana", "grafana/grafana:11.6.0", Set.of("grafana"), Optional.empty())));

  private final FakeRunner runner = new FakeRunner();
  private final List<String> progress = new ArrayList<>();

  @Test
  void endsWhenAllServeOrAreDone() {
    // given
    runner
        .answer("docker image inspect", "sha256:1")
        .answer("docker ps", "1", "2")
        .answer("docker inspect", WELL, DONE)
        .answer("docker-compose");

    // when
    start(19_092, Duration.ofMinutes(1)).run(Set.of());

    // then
    assertThat(progress)
        .hasSize(2)
        .anyMatch(line -> line.startsWith("kafka serves at 127.0.0.1:19092 after "))
        .anyMatch(line -> line.startsWith("setup is done after "));
    assertThat(runner.commands())
        .contains(
            "docker-compose --file /tree/localstack/docker-compose.yml --project-name p up -d"
                + " --no-build");
  }

  @Test
  void namesTheScriptThatAssemblesAnImageThatIsNotHere() {
    // given
    runner.fail("docker image inspect").fail("docker pull");

    // then
    assertThatThrownBy(() -> start(19_092).run(Set.of()))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("Image apache/kafka:4.1.1 of service kafka")
        .hasMessageContaining("localstack/images/build.sh assembles it");
  }

  @Test
  void saysThatGrafanaNeedsARegistry() {
    // given
    runner
        .answer("docker image inspect", "sha256:1")
        .fail("docker image inspect --format {{.Id}} grafana")
        .fail("docker pull");

    // then
    assertThatThrownBy(() -> start(19_092).run(EnumSet.of(ComposeProfile.GRAFANA)))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("leave out grafana, which needs an image registry");
  }

  @Test
  void namesTheVariableOfAPortThatIsTaken() throws Exception {
    // given
    runner.answer("docker image inspect", "sha256:1").answer("docker ps");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {

      // then
      assertThatThrownBy(() -> start(taken.getLocalPort()).run(Set.of()))
          .isInstanceOf(StackException.class)
          .hasMessageContaining("Port " + taken.getLocalPort() + " for kafka is taken")
          .hasMessageContaining("set PORT to another port");
    }
  }

  @Test
  void showsTheLogOfAContainerThatHasEnded() {
    // given
    runner
        .answer("docker image inspect", "sha256:1")
        .answer("docker ps", "1")
        .answer("docker inspect", DONE.replace("|0|", "|78|"))
        .answer("docker logs", "error: no topic")
        .answer("docker-compose");

    // then
    assertThatThrownBy(() -> start(19_092).run(Set.of()))
        .isInstanceOf(StackException.class)
        .hasMessage(
            "Service setup has ended with exit code 78. The end of `docker logs p_setup_1`:\n"
                + "  error: no topic");
  }

  @Test
  void givesUpOnAContainerThatDoesNotServeInTime() {
    // given
    runner
        .answer("docker image inspect", "sha256:1")
        .answer("docker ps", "1")
        .answer("docker inspect", WELL.replace("healthy", "starting"))
        .answer("docker logs", "Loading")
        .answer("docker-compose");

    // then
    assertThatThrownBy(() -> start(19_092).run(Set.of()))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("Service kafka does not serve after 0 seconds.");
  }

  private ComposeStart start(int port) {
    return start(port, Duration.ZERO);
  }

  private ComposeStart start(int port, Duration limit) {
    ComposeProject project =
        new ComposeProject(runner, List.of("docker-compose"), FILE.path(), "p");
    ComposeSettings settings = new ComposeSettings(Map.of("PORT", Integer.toString(port)));
    return new ComposeStart(project, FILE, settings, limit, progress::add);
  }

  private static ComposeFile.Service service(
      String name, String image, Set<String> profiles, Optional<String> port) {
    return new ComposeFile.Service(name, image, false, profiles, port);
  }
}
