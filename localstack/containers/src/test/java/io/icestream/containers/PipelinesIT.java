/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.icestream.cli.process.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The examples, from a broker in a container to tables in LocalStack. */
@ExtendWith(Sites.class)
@TestInstance(Lifecycle.PER_CLASS)
class PipelinesIT {
  private static final int READINGS = 5_000;
  private static final int REQUESTS = 3_000;

  /** The table of a query, without the part that names its metadata. */
  private static final Pattern FROM = Pattern.compile("FROM \"([^$]+?)(\\$\\w+)?\"(?= |$)");

  private List<List<List<String>>> counts;

  @BeforeAll
  void drain(Site site) {
    produce(site, "iot", READINGS);
    produce(site, "weblogs", REQUESTS);
    run(site, "iot-telemetry");
    run(site, "web-logs");
    counts =
        new Icestream(site)
            .query(
                List.of(
                    "SELECT count(*) FROM iot.readings",
                    "SELECT count(*) FROM iot.quarantine",
                    "SELECT sum(n) FROM iot.minute_stats",
                    "SELECT count(*) FROM web.requests",
                    "SELECT count(*) FROM web.quarantine",
                    "SELECT sum(requests) FROM web.traffic_per_minute"));
  }

  @Test
  void findsEachRecordOnceInTheTables() {
    assertThat(number(0) + number(1)).as("readings, kept or in quarantine").isEqualTo(READINGS);
    assertThat(number(3) + number(4)).as("requests, kept or in quarantine").isEqualTo(REQUESTS);
    assertThat(number(2)).as("readings that were counted per minute").isEqualTo(number(0));
    assertThat(number(5)).as("requests that were counted per minute").isEqualTo(number(3));
  }

  @Test
  void balancesItsLedger(Site site) {
    for (String pipeline : List.of("iot-telemetry", "web-logs")) {
      site.command()
          .run(
              "ledger", Workspace.pipeline(pipeline + ".yaml"), "--environment", site.environment())
          .succeeded();
    }
  }

  @Test
  void keepsTheTablesInTheBucket(Site site) {
    try (S3Client s3 = site.localStack().s3()) {
      assertThat(
              s3
                  .listObjectsV2Paginator(request -> request.bucket(LocalStack.BUCKET))
                  .contents()
                  .stream()
                  .map(S3Object::key))
          .anyMatch(key -> key.matches("warehouse/iot/readings/data/.*\\.parquet"))
          .anyMatch(key -> key.matches("warehouse/iot/readings/metadata/.*\\.metadata\\.json.*"))
          .anyMatch(key -> key.matches("warehouse/web/requests/data/.*\\.parquet"));
    }
  }

  @Test
  void sendsItsMetricsToCloudWatch(Site site) {
    try (CloudWatchClient cloudWatch = site.localStack().cloudWatch()) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(rowsRead(cloudWatch, "iot-telemetry")).isEqualTo(READINGS);
                assertThat(rowsRead(cloudWatch, "web-logs")).isEqualTo(REQUESTS);
              });
    }
  }

  @Test
  void answersTheQueriesThatAthenaKeeps(Site site) {
    // given
    Trino trino = site.trino();
    Set<String> tables = trino.tables();
    Map<String, List<List<String>>> answers = new TreeMap<>();

    // when
    for (JsonNode query :
        Deployment.synthesize(site.localStack()).resources("lake", "AWS::Athena::NamedQuery")) {
      String sql = query.path("QueryString").asText();
      trino.parse(sql);
      if (tables.contains(
          FROM.matcher(sql).results().findFirst().orElseThrow().group(1).replace("\".\"", "."))) {
        answers.put(query.path("Name").asText(), trino.query(sql).rows());
      }
    }

    // then
    assertThat(answers.get("Some rows of iot.readings")).hasSize(100);
    assertThat(answers.get("Some rows of web.traffic_per_minute")).isNotEmpty();
    assertThat(answers.get("Last commits of iot.readings").get(0).get(4))
        .as("rows that the last commit has left in the table")
        .isEqualTo(String.valueOf(number(0)));
    assertThat(answers.get("Why records are in iot.quarantine, of the last seven days"))
        .extracting(row -> Long.parseLong(row.get(5)))
        .satisfies(
            records ->
                assertThat(records.stream().mapToLong(n -> n).sum())
                    .as("records by reason")
                    .isEqualTo(number(1)));
  }

  private long number(int question) {
    return Long.parseLong(counts.get(question).get(0).get(0));
  }

  private static void produce(Site site, String simulator, int count) {
    site.command()
        .run("produce", simulator, "--count", count, "--environment", site.environment())
        .succeeded();
  }

  private static void run(Site site, String pipeline) {
    Path file = Workspace.pipeline(pipeline + ".yaml");
    site.command()
        .run("run", file, "--until-drained", "--environment", site.environment())
        .succeeded();
  }

  private static double rowsRead(CloudWatchClient cloudWatch, String pipeline) {
    Instant now = Instant.now();
    return cloudWatch
        .getMetricStatistics(
            request ->
                request
                    .namespace("Icestream")
                    .metricName("icestream.rows.read.count")
                    .dimensions(Dimension.builder().name("pipeline").value(pipeline).build())
                    .startTime(now.minus(Duration.ofHours(1)))
                    .endTime(now.plusSeconds(60))
                    .period(60)
                    .statistics(Statistic.SUM))
        .datapoints()
        .stream()
        .mapToDouble(Datapoint::sum)
        .sum();
  }
}
