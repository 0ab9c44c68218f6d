/* SPDX-License-Identifier: MIT */
package io.icestream.model.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.icestream.model.parse.PipelineParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What dashboards, alarms and meters rely on. */
class CatalogueTest {

  @Test
  void showsEachMetricOnAtLeastOneBoard() {
    // when
    List<Metric> shown =
        Arrays.stream(Board.values())
            .flatMap(board -> board.panels().stream())
            .flatMap(panel -> panel.measures().stream())
            .flatMap(measure -> Stream.concat(Stream.of(measure.metric()), measure.per().stream()))
            .distinct()
            .toList();

    // then
    assertThat(shown).containsExactlyInAnyOrder(Metric.values());
  }

  @Test
  void namesMetricsAsEachBackendDoes() {
    assertThat(Metric.ROWS_READ.key()).isEqualTo("icestream.rows.read");
    assertThat(Metric.ROWS_READ.prometheus()).isEqualTo("icestream_rows_read_total");
    assertThat(Metric.ROWS_READ.cloudWatch()).isEqualTo("icestream.rows.read.count");
    assertThat(Metric.LAG_SECONDS.prometheus()).isEqualTo("icestream_lag_seconds");
    assertThat(Metric.LAG_SECONDS.cloudWatch()).isEqualTo("icestream.lag.seconds.value");
  }

  /** Libraries of meters append the unit where a name does not end with it. */
  @Test
  void endsNamesWithTheirUnit() {
    assertThat(Metric.values())
        .allSatisfy(metric -> assertThat(metric.key()).endsWith(metric.unit().base()));
  }

  @Test
  void tellsEachMetricApartByWhoTellsItFirst() {
    assertThat(Metric.values())
        .allSatisfy(
            metric ->
                assertThat(metric.tags().get(0)).isIn(MetricTag.PIPELINE, MetricTag.PRODUCER));
  }

  @Test
  void asksOfDistributionsWhatCloudWatchWorksOut() {
    assertThat(Arrays.stream(Measure.halfAndMost(Metric.PRODUCER_SEND)).map(Measure::statistic))
        .containsExactly("p50", "p99");
    assertThat(Measure.value(Metric.LAG_SECONDS).statistic()).isEqualTo("Maximum");
    assertThatThrownBy(() -> Measure.value(Metric.PRODUCER_SEND))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsTheSeriesAndAlarmsOfAPipeline() {
    // given two tables and their quarantine, two expectations of which one sends rows there
    PipelineSeries series =
        PipelineSeries.of(PipelineParser.read(Path.of("../pipelines/iot-telemetry.yaml")));

    // then
    int ofTables = 2 * 20 + 16;
    int ofRules = 2 + 3; // expectations; decode, late and the one that sends rows
    assertThat(series.told()).isEqualTo(13 + ofTables + ofRules + 6);
    assertThat(series.alarms()).isEqualTo(5 + 2 * 6 + 3);
    assertThat(PipelineSeries.ofProducer()).isEqualTo(5);
  }

  @Test
  void saysForEachAlarmWhatToDo() {
    assertThat(Alarm.values())
        .hasSizeGreaterThanOrEqualTo(8)
        .allSatisfy(
            alarm -> {
              assertThat(alarm.summary()).doesNotEndWith(".");
              assertThat(alarm.remedy()).endsWith(".");
            });
    assertThat(Alarm.TABLE_STALE.title()).isEqualTo("IcestreamTableStale");
  }

  @Test
  void refusesToAskACounterForItsValue() {
    assertThatThrownBy(
            () -> new Measure(Metric.ROWS_READ, Measure.How.VALUE, Optional.empty(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ROWS_READ");
  }

  @Test
  void refusesToTellAMetricApartByATagThatItDoesNotHave() {
    assertThatThrownBy(() -> Measure.rate(Metric.ROWS_READ, MetricTag.TABLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TABLE");
  }
}
