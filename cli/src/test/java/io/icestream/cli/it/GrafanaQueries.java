/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the files under {@code grafana} ask for, as they are read by Grafana and Prometheus. */
final class GrafanaQueries {
  private static final Path GRAFANA = Workspace.root().resolve("grafana");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern RULE = Pattern.compile("(?m)^ *expr: '(.*)'$");

  private GrafanaQueries() {}

  /** Each metric that is asked of CloudWatch: {@code namespace/name(pipeline,table)}. */
  static Set<String> ofCloudWatch() throws IOException {
    Set<String> asked = new TreeSet<>();
    for (JsonNode query : queries("cloudwatch")) {
      Set<String> dimensions = new TreeSet<>();
      query.path("dimensions").fieldNames().forEachRemaining(dimensions::add);
      asked.add(
          query.path("namespace").asText()
              + "/"
              + query.path("metricName").asText()
              + "("
              + String.join(",", dimensions)
              + ")");
    }
    return asked;
  }

  /** Each query in PromQL, of dashboards, of Grafana's alarms and of Prometheus' rules. */
  static List<String> ofPrometheus() throws IOException {
    List<String> asked = new ArrayList<>();
    queries("prometheus").forEach(query -> asked.add(query.path("expr").asText()));
    Matcher rules = RULE.matcher(Files.readString(GRAFANA.resolve("prometheus/rules.yaml")));
    while (rules.find()) {
      asked.add(rules.group(1));
    }
    return asked;
  }

  private static List<JsonNode> queries(String backend) throws IOException {
    List<JsonNode> queries = new ArrayList<>();
    try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards").resolve(backend))) {
      for (Path file : files.toList()) {
        for (JsonNode panel : JSON.readTree(file.toFile()).path("panels")) {
          panel.path("targets").forEach(queries::add);
        }
      }
    }
    Path alarms = GRAFANA.resolve("provisioning/alerting/rules-" + backend + ".json");
    for (JsonNode rule : JSON.readTree(alarms.toFile()).at("/groups/0/rules")) {
      queries.add(rule.at("/data/0/model"));
    }
    return queries;
  }
}
