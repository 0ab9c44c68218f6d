/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.localstack.ComposeFile.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The compose file of this folder, held against what Compose v1 and v2 and a laptop need. */
class ComposeFileTest {

  private static final Path FILE = Path.of("docker-compose.yml");
  private static final List<String> CORE =
      List.of("kafka", "localstack", "catalog", "setup", "job", "producer");

  private final ComposeFile file = ComposeFile.read(FILE);

  @TempDir private Path directory;

  @Test
  void hasTheCoreWithoutAProfile() {
    assertThat(file.enabled(Set.of())).extracting(Service::name).isEqualTo(CORE);
  }

  @Test
  void addsPrometheusForItselfAndForGrafana() {
    assertThat(file.enabled(EnumSet.of(ComposeProfile.WATCH)))
        .extracting(Service::name)
        .contains("prometheus")
        .doesNotContain("grafana", "trino");
    assertThat(file.enabled(EnumSet.of(ComposeProfile.GRAFANA)))
        .extracting(Service::name)
        .contains("prometheus", "grafana");
  }

  @Test
  void knowsEachProfileOfTheFile() {
    assertThat(file.services())
        .flatExtracting(Service::profiles)
        .isSubsetOf(EnumSet.allOf(ComposeProfile.class).stream().map(ComposeProfile::key).toList());
  }

  @Test
  void pinsEachImage() {
    assertThat(file.services())
        .extracting(Service::image)
        .allMatch(
            image -> image.matches("[a-z/.-]+:[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*|.*:latest-local"))
        .noneMatch(image -> image.endsWith(":latest"));
    assertThat(file.services().stream().filter(Service::built))
        .extracting(Service::image)
        .containsOnly("icestream/cli:latest-local", "icestream/job:latest-local");
  }

  @Test
  void publishesPortsOnLoopbackAloneAndLetsEachBeChosen() {
    // when
    ComposeSettings settings = ComposeSettings.read(Path.of(".env"), Map.of());

    // then: reading refuses any port that is not on loopback and a variable
    assertThat(file.services())
        .flatExtracting(service -> service.portVariable().stream().toList())
        .doesNotHaveDuplicates()
        .allSatisfy(variable -> assertThat(settings.port((String) variable)).isPositive());
  }

  @Test
  void refusesAPortThatEverybodyReaches() throws IOException {
    // given
    Path open = directory.resolve("docker-compose.yml");
    Files.writeString(open, "services: { kafka: { image: 'k:1', ports: ['9092:9092'] } }");

    // then
    assertThatThrownBy(() -> ComposeFile.read(open))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("Port '9092:9092' of service kafka");
  }

  @Test
  void saysSoWhereTheFileCannotBeUnderstood() throws IOException {
    // given
    Path broken = directory.resolve("docker-compose.yml");
    Files.writeString(broken, "services: [");

    // then
    assertThatThrownBy(() -> ComposeFile.read(broken))
        .isInstanceOf(StackException.class)
        .hasMessageStartingWith("Cannot understand " + broken);
  }

  @Test
  void limitsTheMemoryOfEachServiceAndChecksTheHealthOfThoseThatServe() throws IOException {
    services()
        .forEach(
            (name, entries) -> {
              assertThat(entries.containsKey("mem_limit")).as("mem_limit of %s", name).isTrue();
              assertThat(entries.containsKey("healthcheck"))
                  .as("healthcheck of %s", name)
                  .isEqualTo(entries.containsKey("ports"));
            });
  }

  @Test
  void waitsForEachOtherByConditionsAlone() throws IOException {
    services()
        .forEach(
            (name, entries) -> {
              if (entries.get("depends_on") != null) {
                assertThat(entries.get("depends_on"))
                    .as("depends_on of %s", name)
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .allSatisfy(
                        (service, wait) ->
                            assertThat(((Map<?, ?>) wait).keySet()).hasToString("[condition]"));
              }
            });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> services() throws IOException {
    Object root = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE));
    // Only Compose v2 knows the key 'name'
    assertThat((Map<String, Object>) root).doesNotContainKeys("name", "version", "include");
    return (Map<String, Map<String, Object>>) ((Map<String, Object>) root).get("services");
  }
}
