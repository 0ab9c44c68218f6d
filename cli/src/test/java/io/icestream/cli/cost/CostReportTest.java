/* SPDX-License-Identifier: MIT */
package io.icestream.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.model.PipelineDefinition;
import io.icestream.model.PipelineFileException;
import io.icestream.model.parse.PipelineParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The figures are computed by hand from the prices of the table. */
class CostReportTest {
  @TempDir private Path folder;

  @Test
  void estimatesAPipelineOfThousandRowsPerSecond() throws Exception {
    // when
    JsonNode bill = json("rows_per_second: 1000", "machine-temperature");

    // then
    assertThat(dollars(bill))
        .containsEntry("EMR Serverless, processors", 122.91) // 2 x 2 x 730 x 0.042094
        .containsEntry("EMR Serverless, memory", 54.06) // 2 x 8 x 730 x 0.004628
        .containsEntry("S3, writes", 2.41) // 43,800 batches x (2 x 4 + 3) / 1,000 x 0.005
        .containsEntry("S3, tables once they are full", 43.52) // 1,892.16 GB x 0.023
        .containsEntry("logs", 0.76) // 1.52 GB x 0.50
        .containsEntry("MSK Serverless, cluster", 547.50)
        .containsEntry("MSK Serverless, partitions", 4.38) // 4 x 730 x 0.0015
        .containsEntry("MSK Serverless, in", 78.84) // 788.4 GB x 0.10
        .containsEntry("MSK Serverless, out", 39.42)
        .containsEntry("MSK Serverless, kept records", 18.14) // 181.44 GB x 0.10
        .containsEntry("VPC endpoints", 43.80) // 3 x 2 x 730 x 0.01
        .containsEntry("alarms of the stage", 0.40)
        // 13 of the pipeline, 2 x 20 + 16 of tables, 2 of what rejects rows, 6 phases, x 0.30
        .containsEntry("metrics in CloudWatch", 23.10)
        .containsEntry("metrics, requests", 0.44) // 43,800 / 1,000 x 0.01
        .containsEntry("alarms of the catalogue", 1.90) // 5 + 2 x 6 + 2, x 0.10
        .containsEntry("metrics of the controller", 0.60)
        .containsEntry("controller, a second each minute", 0.29) // 21,900 GB s
        .hasSize(17);
    assertThat(bill.path("total").asDouble()).isEqualTo(982.47);
  }

  @Test
  void countsWhatProducersTellAndWhatRingsForThem() throws Exception {
    // when
    Map<String, Double> bill = dollars(json("producers: 3", "machine-temperature"));

    // then
    assertThat(bill)
        .containsEntry("metrics of producers", 4.50) // 3 x 5 x 0.30
        .containsEntry("alarms of producers", 0.40); // 3 and the queue's, x 0.10
    assertThat(dollars(json("", "machine-temperature"))).doesNotContainKey("metrics of producers");
  }

  @Test
  void countsBrokersInsteadOfTrafficOutWithExpress() throws Exception {
    // when
    JsonNode bill = json("{kafka: express, rows_per_second: 1000}", "machine-temperature");

    // then
    assertThat(dollars(bill))
        .containsEntry("MSK Express, brokers m7g.large", 893.52) // 3 x 730 x 0.408
        .containsEntry("MSK Express, in", 7.88)
        .containsEntry("MSK Express, kept records", 18.14)
        .doesNotContainKey("MSK Serverless, cluster");
  }

  @Test
  void countsWhatTwoPipelinesReadOnceInAndTwiceOut() throws Exception {
    // when
    Map<String, Double> one = dollars(json("rows_per_second: 1000", "machine-temperature"));
    JsonNode two = json("rows_per_second: 1000", "machine-temperature", "machine-temperature");

    // then
    Map<String, Double> both = dollars(two);
    assertThat(both.get("MSK Serverless, in")).isEqualTo(one.get("MSK Serverless, in"));
    assertThat(both.get("MSK Serverless, out")).isEqualTo(2 * one.get("MSK Serverless, out"));
  }

  @Test
  void takesARateForEachPipelineAndMultipliesStages() throws Exception {
    // given
    String once = "rows_per_second: {web-logs: 0, machine-temperature: 1000}\nbatch_seconds: 300\n";

    // when
    JsonNode one = json(once, "machine-temperature", "web-logs");
    JsonNode three = json(once + "stages: 3\n", "machine-temperature", "web-logs");

    // then
    assertThat(dollars(one)).containsEntry("MSK Serverless, in", 78.84);
    assertThat(three.path("total").asDouble())
        .isCloseTo(3 * one.path("total").asDouble(), within(0.02));
  }

  @Test
  void saysWhatItAssumesAndWhichPricesAreNotConfirmed() throws Exception {
    // given
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);

    // when
    report("rows_per_second: 1000", "machine-temperature").print(out);
    out.flush();

    // then
    assertThat(text.toString())
        .contains("US dollars a month: 982.47")
        .contains("Each pipeline reads 1000 rows per second")
        .contains("bytes_per_row: 300")
        .contains("* a price that was not confirmed on AWS's page; the others are of 2026-11")
        .containsPattern("kept records .* 18\\.14 \\*\n")
        .containsPattern("cluster .* 547\\.50\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          row_per_second: 1        | Unknown key 'row_per_second'.
          kafka: kinesis           | 'kafka' is 'kinesis'. Use one of [serverless, express].
          executors: many          | 'executors' is 'many'. Give a number of 0 or more.
          executors: -1            | 'executors' is '-1'. Give a number of 0 or more.
          region: eu-central-1     | 'region' is 'eu-central-1', for which the table has no prices.
          rows_per_second: {x: 1}  | names the pipeline 'x', which is not among
          '- a'                    | Expected keys with values.
          """)
  void refusesAFileThatItWouldMisunderstand(String text, String message) {
    assertThatThrownBy(() -> report(text, "machine-temperature"))
        .isInstanceOf(PipelineFileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void hasAPriceSourceAndDateForEachLine() throws Exception {
    for (JsonNode line : json("architecture: x86_64", "machine-temperature").path("lines")) {
      assertThat(line.path("source").asText()).startsWith("https://aws.amazon.com/");
      assertThat(line.path("as_of").asText()).matches("20\\d\\d-\\d\\d|unconfirmed");
    }
  }

  private JsonNode json(String env, String... pipelines) throws Exception {
    return new ObjectMapper().readTree(report(env, pipelines).json());
  }

  private CostReport report(String env, String... pipelines) throws Exception {
    List<PipelineDefinition> definitions =
        List.of(pipelines).stream()
            .map(name -> PipelineParser.read(Path.of("../pipelines/" + name + ".yaml")))
            .toList();
    return CostReport.of(definitions, Files.writeString(folder.resolve("aws.yaml"), env));
  }

  private static Map<String, Double> dollars(JsonNode bill) {
    Map<String, Double> dollars = new LinkedHashMap<>();
    bill.path("lines")
        .forEach(
            line ->
                dollars.merge(
                    line.path("what").asText(), line.path("dollars").asDouble(), Double::sum));
    return dollars;
  }
}
