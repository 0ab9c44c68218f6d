/* SPDX-License-Identifier: MIT */
package io.icestream.model.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.model.metric.Board;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The files under {@code grafana} are what the catalogue says, and what Grafana shows well. With
 * the system property {@code docs.update} they are written instead.
 */
class GrafanaFilesTest {
  private static final Path GRAFANA = Path.of("..", "grafana");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COMMAND =
      "./mvnw -pl model test -Dtest=GrafanaFilesTest -Ddocs.update=true";

  @Test
  void filesAreUpToDate() throws IOException {
    for (Map.Entry<Path, String> each : generated().entrySet()) {
      Path file = each.getKey();
      if (Boolean.getBoolean("docs.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, each.getValue());
      }
      assertThat(file)
          .as("%s is generated. Bring it up to date with: %s", file, COMMAND)
          .exists()
          .content()
          .isEqualTo(each.getValue());
    }
  }

  @Test
  void noDashboardIsLeftThatNothingGenerates() throws IOException {
    try (Stream<Path> files = Files.walk(GRAFANA.resolve("dashboards"))) {
      assertThat(files.filter(Files::isRegularFile)).allMatch(generated()::containsKey);
    }
  }

  @Test
  void eachPanelSaysWhatItShowsInWhichUnitAndWhereFrom() throws IOException {
    Set<String> sources = provisionedSources();
    for (JsonNode dashboard : dashboards()) {
      assertThat(dashboard.path("panels")).isNotEmpty();
      for (JsonNode panel : dashboard.path("panels")) {
        String name = dashboard.path("uid").asText() + " / " + panel.path("title").asText();
        assertThat(panel.path("title").asText()).as(name).isNotBlank();
        assertThat(panel.path("description").asText()).as(name).endsWith(".");
        assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(name).isNotBlank();
        assertThat(sources).as(name).contains(panel.at("/datasource/uid").asText());
        assertThat(panel.path("targets")).as(name).isNotEmpty();
        for (JsonNode target : panel.path("targets")) {
          assertThat(target.path("datasource")).as(name).isEqualTo(panel.path("datasource"));
        }
      }
    }
  }

  @Test
  void panelsHaveNumbersOfTheirOwnAndLieBesideEachOther() throws IOException {
    for (JsonNode dashboard : dashboards()) {
      Set<Integer> ids = new HashSet<>();
      Set<String> cells = new HashSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        assertThat(ids.add(panel.path("id").asInt())).isTrue();
        JsonNode place = panel.path("gridPos");
        int right = place.path("x").asInt() + place.path("w").asInt();
        assertThat(right).isLessThanOrEqualTo(24);
        for (int x = place.path("x").asInt(); x < right; x++) {
          for (int y = 0; y < place.path("h").asInt(); y++) {
            String cell = x + "," + (place.path("y").asInt() + y);
            assertThat(cells.add(cell)).as(panel.path("title").asText() + " at " + cell).isTrue();
          }
        }
      }
    }
  }

  @Test
  void dashboardsAndAlertsHaveNamesOfTheirOwn() throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode dashboard : dashboards()) {
      names.add(dashboard.path("uid").asText());
    }
    for (Backend backend : Backend.values()) {
      JsonNode alerts = JSON.readTree(GrafanaAlerts.text(backend));
      for (JsonNode rule : alerts.at("/groups/0/rules")) {
        names.add(rule.path("uid").asText());
        assertThat(rule.path("uid").asText()).hasSizeLessThanOrEqualTo(40);
        assertThat(provisionedSources()).contains(rule.at("/data/0/datasourceUid").asText());
      }
    }
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(30);
  }

  private static Map<Path, String> generated() {
    Map<Path, String> files = new LinkedHashMap<>();
    for (Backend backend : Backend.values()) {
      for (Board board : Board.values()) {
        files.put(
            GRAFANA.resolve("dashboards").resolve(backend.key()).resolve(board.key() + ".json"),
            GrafanaDashboard.text(board, backend));
      }
      files.put(
          GRAFANA.resolve("provisioning/alerting/rules-" + backend.key() + ".json"),
          GrafanaAlerts.text(backend));
    }
    files.put(GRAFANA.resolve("prometheus/rules.yaml"), PrometheusRules.text());
    return files;
  }

  private static List<JsonNode> dashboards() throws IOException {
    List<JsonNode> dashboards = new ArrayList<>();
    for (Backend backend : Backend.values()) {
      for (Board board : Board.values()) {
        dashboards.add(JSON.readTree(GrafanaDashboard.text(board, backend)));
      }
    }
    return dashboards;
  }

  private static Set<String> provisionedSources() throws IOException {
    Set<String> sources = new HashSet<>();
    for (String line :
        Files.readAllLines(GRAFANA.resolve("provisioning/datasources/icestream.yaml"))) {
      if (line.strip().startsWith("uid: ")) {
        sources.add(line.strip().substring("uid: ".length()));
      }
    }
    return sources;
  }
}
