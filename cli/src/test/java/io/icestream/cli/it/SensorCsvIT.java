/* SPDX-License-Identifier: MIT */
package io.icestream.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.cli.process.Shell;
import io.icestream.cli.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables of a sensor's CSV file say what awk says about the file, day by day. */
@ExtendWith(SharedStack.class)
class SensorCsvIT {

  /** How far two means of a day may be apart that were summed up in different orders. */
  private static final double ROUNDING = 1e-9;

  private static final String DAYS =
      """
      SELECT 'rows' AS source, date_format(timestamp, 'yyyy-MM-dd') AS day,
             count(*) AS n, min(value) AS low, max(value) AS high, avg(value) AS mean
      FROM machine.temperature GROUP BY day
      UNION ALL SELECT 'aggregates', date_format(day, 'yyyy-MM-dd'), n, low, high, mean
      FROM machine.temperature_per_day
      UNION ALL SELECT CAST(payload AS STRING), reason, 1, 0, 0, 0 FROM machine.quarantine
      ORDER BY source, day
      """;

  private static final String BY_DAY =
      """
      awk -F, 'NR > 1 {
                 day = substr($1, 1, 10)
                 if (!(day in n) || $2 + 0 < low[day] + 0) low[day] = $2
                 if (!(day in n) || $2 + 0 > high[day] + 0) high[day] = $2
                 n[day]++
                 sum[day] += $2
               }
               END { for (day in n) printf "%s %d %s %s %.12f\\n",
                                           day, n[day], low[day], high[day], sum[day] / n[day] }' "$1" |
        sort
      """;

  private record Day(String day, long n, double low, double high, double mean) {}

  @Test
  void tablesSayWhatAwkSaysAboutARealSensor(Stack stack) throws IOException {
    // given
    Path csv = Workspace.realData("sensors/machine_temperature_system_failure.csv");
    produce(stack, csv, "machine.temperature");

    // when
    Path pipeline = Workspace.pipeline("machine-temperature.yaml");
    stack.command().run("run", pipeline, "--until-drained").succeeded();

    // then
    assertSameDays(stack, DAYS, csv);
  }

  @Test
  void tablesSayWhatAwkSaysAboutASimulatedSensor(Stack stack) throws IOException {
    // given
    Path folder = Workspace.emptyFolder("simulated-sensor");
    Path csv = simulatedSensor(folder.resolve("temperature.csv"));
    Path pipeline =
        Workspace.copyOf(
            "machine-temperature.yaml",
            folder,
            Map.of(
                "name: machine-temperature", "name: simulated-machine",
                "topic: machine.", "topic: simulated_machine.",
                "  machine.", "  simulated_machine.",
                "table: machine.", "table: simulated_machine."));
    produce(stack, csv, "simulated_machine.temperature");

    // when
    stack.command().run("run", pipeline, "--until-drained").succeeded();

    // then
    assertSameDays(stack, DAYS.replace("FROM machine.", "FROM simulated_machine."), csv);
  }

  private static void produce(Stack stack, Path csv, String topic) {
    stack.command().run("produce", "--file", csv, "--topic", topic, "--create-topic").succeeded();
  }

  /** Five weeks, one reading per five minutes. */
  private static Path simulatedSensor(Path file) throws IOException {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    Random random = new Random(11);
    LocalDateTime time = LocalDateTime.of(2026, 2, 10, 21, 15);
    List<String> lines = new ArrayList<>(List.of("timestamp,value"));
    for (int i = 0; i < 10_000; i++) {
      lines.add(time.format(format) + "," + (80 + 12 * random.nextGaussian()));
      time = time.plusMinutes(5);
    }
    return Files.write(file, lines);
  }

  private static void assertSameDays(Stack stack, String query, Path csv) throws IOException {
    List<Day> expected = Shell.lines(BY_DAY, csv).stream().map(SensorCsvIT::day).toList();
    JsonNode answer =
        new ObjectMapper()
            .readTree(stack.command().run("sql", "--format", "json", query).succeeded().out());
    assertThat(days(answer, "rows"))
        .as("days of the rows")
        .usingElementComparator(upToRounding())
        .containsExactlyElementsOf(expected);
    assertThat(days(answer, "aggregates"))
        .as("days of the aggregates")
        .usingElementComparator(upToRounding())
        .containsExactlyElementsOf(expected);
    assertThat(days(answer, "timestamp,value"))
        .as("the header line, which is no reading")
        .extracting(Day::day)
        .containsExactly("wrong_type");
    assertThat(answer).hasSize(2 * expected.size() + 1);
  }

  private static Day day(String line) {
    String[] parts = line.split(" ");
    return new Day(
        parts[0],
        Long.parseLong(parts[1]),
        Double.parseDouble(parts[2]),
        Double.parseDouble(parts[3]),
        Double.parseDouble(parts[4]));
  }

  private static List<Day> days(JsonNode answer, String source) {
    List<Day> days = new ArrayList<>();
    for (JsonNode row : answer) {
      if (row.get("source").asText().equals(source)) {
        days.add(
            new Day(
                row.get("day").asText(),
                row.get("n").asLong(),
                row.get("low").asDouble(),
                row.get("high").asDouble(),
                row.get("mean").asDouble()));
      }
    }
    return days;
  }

  /** Everything has to be equal but the mean, where the order of summing may show. */
  private static Comparator<Day> upToRounding() {
    return Comparator.comparing(Day::day)
        .thenComparing(Day::n)
        .thenComparing(Day::low)
        .thenComparing(Day::high)
        .thenComparing(Day::mean, (a, b) -> Math.abs(a - b) <= ROUNDING ? 0 : Double.compare(a, b));
  }
}
