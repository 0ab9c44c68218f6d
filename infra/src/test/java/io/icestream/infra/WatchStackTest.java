/* SPDX-License-Identifier: MIT */
package io.icestream.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icestream.model.metric.Alarm;
import io.icestream.model.metric.Board;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricKind;
import io.icestream.model.metric.MetricTag;
import io.icestream.model.metric.Panel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class WatchStackTest {
  @Test
  void ringsWhenAJobIsNotRunningAndWhenNothingIsToldOfIt() {
    // when
    Template template = Synthesis.standard().watch();

    // then
    template.hasResourceProperties(
        "AWS::CloudWatch::Alarm",
        Map.of(
            "MetricName",
            "RunningJobs",
            "Namespace",
            "AWS/EMRServerless",
            "Threshold",
            4,
            "ComparisonOperator",
            "LessThanThreshold",
            "TreatMissingData",
            "breaching",
            "AlarmActions",
            Match.anyValue(),
            "OKActions",
            Match.anyValue()));
  }

  @Test
  void tellsOfAJobThatEmrHasGivenUp() {
    // when
    Template template = Synthesis.standard().watch();

    // then
    template.hasResourceProperties(
        "AWS::Events::Rule",
        Map.of(
            "EventPattern",
            Match.objectLike(
                Map.of(
                    "source",
                    List.of("aws.emr-serverless"),
                    "detail",
                    Match.objectLike(Map.of("state", List.of("FAILED")))))));
  }

  @Test
  void letsAlarmsAndEventsPublish() {
    // when
    Template template = Synthesis.standard().watch();

    // then the topic has a policy, which replaces the one that would let alarms publish
    for (String service : List.of("cloudwatch.amazonaws.com", "events.amazonaws.com")) {
      template.hasResourceProperties(
          "AWS::SNS::TopicPolicy",
          Map.of(
              "PolicyDocument",
              Match.objectLike(
                  Map.of(
                      "Statement",
                      Match.arrayWith(
                          List.of(
                              Match.objectLike(
                                  Map.of(
                                      "Action", "sns:Publish",
                                      "Effect", "Allow",
                                      "Principal", Map.of("Service", service)))))))));
    }
  }

  @Test
  void writesToTheAddressOfTheStageAndToNobodyWithoutOne() {
    // when
    Template told = Synthesis.of(Map.of("alarmAddress", "ops@example.org")).watch();
    Template silent = Synthesis.standard().watch();

    // then
    told.hasResourceProperties(
        "AWS::SNS::Subscription", Map.of("Protocol", "email", "Endpoint", "ops@example.org"));
    silent.resourceCountIs("AWS::SNS::Subscription", 0);
  }

  @Test
  void showsEachTopicOnTheDashboard() {
    // when
    String dashboard =
        Synthesis.standard().watch().findResources("AWS::CloudWatch::Dashboard").toString();

    // then
    assertThat(dashboard).contains("iot.readings", "weblogs", "FailedJobs");
  }

  @Test
  void asksInAlarmsForWhatTheCatalogueTellsWithExactlyItsDimensions() {
    // when
    List<Map<?, ?>> alarms = alarms(Synthesis.standard(), Metric.NAMESPACE);

    // then
    assertThat(alarms)
        .hasSizeGreaterThan(40)
        .allSatisfy(
            alarm -> {
              Metric metric = metric((String) alarm.get("MetricName"));
              assertThat(dimensions(alarm).keySet())
                  .containsExactlyInAnyOrderElementsOf(
                      metric.tags().stream().map(MetricTag::key).toList());
              assertThat(alarm.get("Statistic")).isEqualTo(metric.statistic());
              assertThat(alarm.get("AlarmActions")).asList().hasSize(1);
            });
    assertThat(alarms.stream().map(alarm -> (String) alarm.get("MetricName")).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Alarm.values())
                .map(alarm -> alarm.measure().metric().cloudWatch())
                .toList());
  }

  @Test
  void ringsForEachTableThatIsStaleOrOfWhichNothingIsTold() {
    // when
    List<Map<?, ?>> alarms =
        alarms(Synthesis.standard(), Metric.NAMESPACE).stream()
            .<Map<?, ?>>map(alarm -> alarm)
            .filter(a -> a.get("MetricName").equals(Metric.TABLE_FRESHNESS.cloudWatch()))
            .filter(a -> dimensions(a).get("pipeline").equals("iot-telemetry"))
            .toList();

    // then
    assertThat(alarms.stream().map(alarm -> dimensions(alarm).get("table")))
        .containsExactlyInAnyOrder("iot.readings", "iot.minute_stats");
    assertThat(alarms)
        .allSatisfy(
            alarm ->
                assertThat(alarm.entrySet().toString())
                    .contains(
                        "TreatMissingData=breaching",
                        "Threshold=60",
                        "ComparisonOperator=GreaterThanThreshold",
                        "Period=60",
                        "EvaluationPeriods=1"));
  }

  @Test
  void looksAtCountersOverTheWindowOfTheCatalogue() {
    // when
    List<Map<?, ?>> alarms = alarms(Synthesis.standard(), Metric.NAMESPACE);

    // then
    assertThat(alarms)
        .filteredOn(a -> metric((String) a.get("MetricName")).kind() == MetricKind.COUNTER)
        .isNotEmpty()
        .allSatisfy(
            alarm ->
                assertThat(alarm.entrySet().toString())
                    .contains("Period=300", "Statistic=Sum", "TreatMissingData=notBreaching"));
    assertThat(
            alarms.stream()
                .filter(a -> a.get("MetricName").equals(Metric.ROWS_QUARANTINED.cloudWatch()))
                .map(a -> dimensions(a).get("pipeline") + " " + dimensions(a).get("rule")))
        .contains(
            "iot-telemetry decode",
            "iot-telemetry late",
            "iot-telemetry enriched.temperature_in_range")
        .doesNotContain("iot-telemetry enriched.device_is_known");
  }

  @Test
  void showsEachPanelOfTheCatalogueByMetricsThatArePublished() throws Exception {
    assertShows(Synthesis.standard(), Metric::isInPrometheus, Panel::isInPrometheus);
    assertShows(Synthesis.of(Context.FORMATS), metric -> true, panel -> true);
  }

  private static void assertShows(
      Synthesis synthesis, Predicate<Metric> tells, Predicate<Panel> shows) throws Exception {
    // given
    Set<String> told =
        Arrays.stream(Metric.values())
            .filter(tells)
            .map(
                metric ->
                    "{%s,%s} MetricName=\"%s\""
                        .formatted(
                            Metric.NAMESPACE,
                            metric.tags().stream()
                                .map(MetricTag::key)
                                .collect(Collectors.joining(",")),
                            metric.cloudWatch()))
            .collect(Collectors.toSet());

    // when
    JsonNode body = new ObjectMapper().readTree(metricsDashboard(synthesis));
    Set<String> asked = new TreeSet<>();
    Matcher searches = Pattern.compile("SEARCH\\('([^']*)'").matcher(metricsText(body));
    while (searches.find()) {
      asked.add(searches.group(1));
    }

    // then
    assertThat(asked).containsExactlyInAnyOrderElementsOf(told);
    assertThat(body.path("widgets").findValuesAsText("title"))
        .containsExactlyElementsOf(
            Arrays.stream(Board.values())
                .flatMap(board -> board.panels().stream())
                .filter(shows)
                .map(Panel::title)
                .toList());
  }

  @Test
  void ringsWhenProducersFailOrGiveSomethingUp() {
    // when
    Synthesis producing = Synthesis.of(Context.PRODUCERS);

    // then
    assertThat(alarms(producing, "AWS/Lambda").stream().map(a -> dimensions(a).get("FunctionName")))
        .containsExactlyInAnyOrder(
            producing.producers().findResources("AWS::Lambda::Function").values().stream()
                .map(each -> ((Map<?, ?>) each.get("Properties")).get("FunctionName"))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .toArray(String[]::new));
    assertThat(alarms(producing, "AWS/SQS").stream().map(a -> dimensions(a).get("QueueName")))
        .containsExactly("icestream-test-dead-letters");
    assertThat(alarms(Synthesis.standard(), "AWS/SQS")).isEmpty();
  }

  private static String metricsDashboard(Synthesis synthesis) {
    return synthesis
        .watch()
        .findResources(
            "AWS::CloudWatch::Dashboard",
            Map.of("Properties", Map.of("DashboardName", "icestream-test-metrics")))
        .values()
        .stream()
        .map(each -> (Map<?, ?>) each.get("Properties"))
        .map(properties -> (String) properties.get("DashboardBody"))
        .findAny()
        .orElseThrow();
  }

  private static String metricsText(JsonNode body) {
    return String.join("\n", body.path("widgets").findValuesAsText("expression"));
  }

  private static List<Map<?, ?>> alarms(Synthesis synthesis, String namespace) {
    List<Map<?, ?>> alarms = new ArrayList<>();
    synthesis
        .watch()
        .findResources(
            "AWS::CloudWatch::Alarm", Map.of("Properties", Map.of("Namespace", namespace)))
        .values()
        .forEach(each -> alarms.add((Map<?, ?>) each.get("Properties")));
    return alarms;
  }

  private static Map<String, String> dimensions(Map<?, ?> alarm) {
    Map<String, String> dimensions = new TreeMap<>();
    for (Object each : (List<?>) alarm.get("Dimensions")) {
      Map<?, ?> dimension = (Map<?, ?>) each;
      dimensions.put((String) dimension.get("Name"), (String) dimension.get("Value"));
    }
    return dimensions;
  }

  private static Metric metric(String name) {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric.cloudWatch().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("Nothing tells " + name));
  }
}
