/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Outcome;
import io.icestream.cli.process.Shell;
import io.icestream.cli.process.Workspace;
import io.icestream.producers.simulate.Simulation;
import io.icestream.producers.simulate.WebLogs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables of an access log say what awk, grep and sort say about the file. */
@ExtendWith(SharedStack.class)
class WebLogsIT {

  private static final String SUMMARY =
      """
      SELECT 'bytes' AS measure, '' AS item, sum(bytes) AS n FROM web.requests
      UNION ALL SELECT 'method', method, count(*) FROM web.requests WHERE method = 'GET' GROUP BY method
      UNION ALL (SELECT 'path', path, count(*) AS n FROM web.requests GROUP BY path ORDER BY n DESC, path LIMIT 10)
      UNION ALL SELECT 'rows', '', count(*) FROM web.requests
      UNION ALL SELECT 'status', CAST(status AS STRING), count(*) FROM web.requests GROUP BY status
      UNION ALL SELECT 'traffic', '', sum(requests) FROM web.traffic_per_minute
      ORDER BY measure, n DESC, item
      """;

  @Test
  void tablesSayWhatUnixToolsSayAboutARealLog(Stack stack) throws IOException {
    // given
    Path log = Workspace.realData("weblogs/apache_access.log");
    stack.command().run("produce", "--file", log, "--topic", "weblogs").succeeded();

    // when
    Path pipeline = Workspace.pipeline("web-logs.yaml");
    stack.command().run("run", pipeline, "--until-drained").succeeded();

    // then
    assertThat(measuredBySql(stack, SUMMARY)).containsExactlyElementsOf(measuredByTools(log));
  }

  @Test
  void tablesSayWhatUnixToolsSayAboutASimulatedLog(Stack stack) throws IOException {
    // given
    Path folder = Workspace.emptyFolder("simulated-logs");
    Path log = simulatedLog(folder.resolve("access.log"));
    Path pipeline =
        Workspace.copyOf(
            "web-logs.yaml",
            folder,
            Map.of(
                "name: web-logs", "name: simulated-logs",
                "topic: weblogs", "topic: simulated_logs",
                " web.", " simulated_web."));
    stack
        .command()
        .run("produce", "--file", log, "--topic", "simulated_logs", "--create-topic")
        .succeeded();

    // when
    stack.command().run("run", pipeline, "--until-drained").succeeded();

    // then
    assertThat(measuredBySql(stack, SUMMARY.replace(" web.", " simulated_web.")))
        .containsExactlyElementsOf(measuredByTools(log));
  }

  private static Path simulatedLog(Path file) throws IOException {
    Simulation simulation =
        new Simulation(20_000, 7, 0, Instant.parse("2026-01-01T00:00:00Z"), Duration.ofMillis(500));
    try (OutputStream lines = Files.newOutputStream(file)) {
      WebLogs logs = new WebLogs(simulation);
      while (logs.hasNext()) {
        lines.write(logs.next().value());
        lines.write('\n');
      }
    }
    return file;
  }

  private static List<Measure> measuredBySql(Stack stack, String query) throws IOException {
    Outcome answer = stack.command().run("sql", "--format", "json", query).succeeded();
    List<Measure> measures = new ArrayList<>();
    for (JsonNode row : new ObjectMapper().readTree(answer.out())) {
      measures.add(
          new Measure(
              row.get("measure").asText(), row.get("item").asText(), row.get("n").asLong()));
    }
    return measures;
  }

  /** In the order of the query's answer. */
  private static List<Measure> measuredByTools(Path log) {
    List<Measure> measures = new ArrayList<>();
    // mawk prints no number over 2^31 with %d
    String bytes =
        """
        awk -F'"' '{ split($3, after, " "); if (after[2] != "-") sum += after[2] }
                   END { printf "%.0f\\n", sum }' "$1"
        """;
    String paths =
        """
        awk -F'"' '{ split($2, request, " "); sub(/\\?.*/, "", request[2]); print request[2] }' "$1" |
          sort | uniq -c | sort -k1,1nr -k2,2 | sed -n 1,10p
        """;
    String statuses =
        """
        awk -F'"' '{ split($3, after, " "); print after[1] }' "$1" |
          sort | uniq -c | sort -k1,1nr -k2,2
        """;
    measures.add(new Measure("bytes", "", number(bytes, log)));
    measures.add(new Measure("method", "GET", number("grep -c '] \"GET ' \"$1\"", log)));
    measures.addAll(counted("path", paths, log));
    measures.add(new Measure("rows", "", number("grep -c '' \"$1\"", log)));
    measures.addAll(counted("status", statuses, log));
    measures.add(new Measure("traffic", "", number("grep -c '' \"$1\"", log)));
    return measures;
  }

  private static long number(String script, Path file) {
    return Long.parseLong(Shell.lines(script, file).get(0));
  }

  /** The lines of {@code uniq -c}. */
  private static List<Measure> counted(String measure, String script, Path file) {
    return Shell.lines(script, file).stream()
        .map(line -> line.strip().split(" ", 2))
        .map(parts -> new Measure(measure, parts[1], Long.parseLong(parts[0])))
        .toList();
  }
}
