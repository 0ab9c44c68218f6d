/* SPDX-License-Identifier: MIT */
package io.icestream.model.dashboard;

import static io.icestream.model.shape.Json.object;

import io.icestream.model.metric.Board;
import io.icestream.model.metric.Measure;
import io.icestream.model.metric.Metric;
import io.icestream.model.metric.MetricTag;
import io.icestream.model.metric.Panel;
import io.icestream.model.shape.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All boards of the catalogue as one dashboard of CloudWatch, one below the other: each dashboard
 * is billed.
 */
public final class CloudWatchDashboard {
  private static final int PERIOD_SECONDS = 60;
  private static final int COLUMNS = 2;
  private static final int WIDTH = 24 / COLUMNS;
  private static final int HEIGHT = 6;
  private static final int HEADING_HEIGHT = 2;

  private CloudWatchDashboard() {}

  /**
   * The body of the dashboard.
   *
   * @param region where the metrics are
   * @param producers whether producers tell their metrics; otherwise nothing is shown of them
   */
  public static String text(String region, boolean producers) {
    List<Map<String, Object>> widgets = new ArrayList<>();
    int y = 0;
    for (Board board : Board.values()) {
      widgets.add(heading(board, y));
      y += HEADING_HEIGHT;
      List<Panel> panels =
          board.panels().stream().filter(panel -> producers || panel.isInPrometheus()).toList();
      for (int i = 0; i < panels.size(); i++) {
        widgets.add(
            widget(
                panels.get(i),
                region,
                object("x", i % COLUMNS * WIDTH, "y", y + i / COLUMNS * HEIGHT)));
      }
      y += (panels.size() + COLUMNS - 1) / COLUMNS * HEIGHT;
    }
    return Json.text(object("start", "-PT3H", "widgets", widgets));
  }

  private static Map<String, Object> heading(Board board, int y) {
    return object(
        "type",
        "text",
        "x",
        0,
        "y",
        y,
        "width",
        24,
        "height",
        HEADING_HEIGHT,
        "properties",
        object("markdown", "## " + board.title() + "\n" + board.description()));
  }

  private static Map<String, Object> widget(
      Panel panel, String region, Map<String, Object> widget) {
    List<Object> queries = new ArrayList<>();
    panel.measures().forEach(measure -> queries.add(List.of(query(measure, queries.size()))));
    widget.put("type", "metric");
    widget.put("width", WIDTH);
    widget.put("height", HEIGHT);
    widget.put(
        "properties",
        object(
            "title",
            panel.title(),
            "region",
            region,
            "view",
            "timeSeries",
            "stacked",
            false,
            "period",
            PERIOD_SECONDS,
            "yAxis",
            object(
                "left", object("min", 0, "label", panel.unit().cloudWatch(), "showUnits", false)),
            "metrics",
            queries));
    return widget;
  }

  /** A quotient has one line; of a search CloudWatch names each line itself. */
  private static Map<String, Object> query(Measure measure, int place) {
    Map<String, Object> query =
        object("id", "e" + place, "expression", expression(measure), "period", PERIOD_SECONDS);
    if (measure.how() == Measure.How.PER) {
      query.put("label", "all");
    }
    return query;
  }

  private static String expression(Measure measure) {
    String series = search(measure.metric(), measure.statistic());
    return switch (measure.how()) {
      case VALUE, INCREASE, P50, P99 -> series;
      case RATE -> series + " / " + PERIOD_SECONDS;
      case PER -> {
        Metric divisor = measure.per().orElseThrow();
        yield "SUM(" + series + ") / SUM(" + search(divisor, divisor.statistic()) + ")";
      }
    };
  }

  /** All series of a metric that have exactly its dimensions. */
  private static String search(Metric metric, String statistic) {
    String dimensions = metric.tags().stream().map(MetricTag::key).collect(Collectors.joining(","));
    return "SEARCH('{%s,%s} MetricName=\"%s\"', '%s', %d)"
        .formatted(Metric.NAMESPACE, dimensions, metric.cloudWatch(), statistic, PERIOD_SECONDS);
  }
}
