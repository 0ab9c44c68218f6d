/* SPDX-License-Identifier: MIT */
package io.icestream.model.dashboard;

import static io.icestream.model.shape.Json.object;

import io.icestream.model.metric.Board;
import io.icestream.model.metric.Measure;
import io.icestream.model.metric.Panel;
import io.icestream.model.shape.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A dashboard as Grafana's file provider and its HTTP API take it. */
public final class GrafanaDashboard {
  private static final int SCHEMA_VERSION = 42;
  private static final int COLUMNS = 2;
  private static final int WIDTH = 24 / COLUMNS;
  private static final int HEIGHT = 8;

  private GrafanaDashboard() {}

  /** The dashboard's JSON, with a line end at the end. */
  public static String text(Board board, Backend backend) {
    List<Map<String, Object>> panels = new ArrayList<>();
    board.panels().stream()
        .filter(backend::has)
        .forEach(panel -> panels.add(panel(panel, panels.size(), backend)));
    return Json.text(
        object(
            "uid",
            uid(board, backend),
            "title",
            "Icestream " + board.title() + " (" + backend.title() + ")",
            "description",
            board.description(),
            "tags",
            List.of("icestream", backend.key()),
            "schemaVersion",
            SCHEMA_VERSION,
            "editable",
            false,
            "graphTooltip",
            1,
            "refresh",
            "30s",
            "time",
            object("from", "now-1h", "to", "now"),
            "templating",
            object("list", List.of(variable(backend))),
            "links",
            List.of(link(backend)),
            "panels",
            panels));
  }

  /** The name by which links find it. */
  public static String uid(Board board, Backend backend) {
    return "icestream-" + board.key() + "-" + backend.key();
  }

  private static Map<String, Object> panel(Panel panel, int place, Backend backend) {
    return object(
        "id", place + 1,
        "type", "timeseries",
        "title", panel.title(),
        "description", description(panel, backend),
        "datasource", backend.source(),
        "gridPos",
            object(
                "x",
                place % COLUMNS * WIDTH,
                "y",
                place / COLUMNS * HEIGHT,
                "w",
                WIDTH,
                "h",
                HEIGHT),
        "fieldConfig",
            object(
                "defaults", object("unit", panel.unit().grafana(), "min", 0),
                "overrides", List.of()),
        "options",
            object(
                "legend",
                    object(
                        "displayMode",
                        "list",
                        "placement",
                        "bottom",
                        "showLegend",
                        true,
                        "calcs",
                        List.of()),
                "tooltip", object("mode", "multi", "sort", "desc")),
        "targets", backend.targets(panel.measures()));
  }

  /** CloudWatch keeps what was added in each minute, and is shown as it is. */
  private static String description(Panel panel, Backend backend) {
    boolean rates = panel.measures().stream().anyMatch(m -> m.how() == Measure.How.RATE);
    return backend == Backend.CLOUDWATCH && rates
        ? panel.description() + " Here in each minute, not second."
        : panel.description();
  }

  private static Map<String, Object> variable(Backend backend) {
    return object(
        "name",
        "pipeline",
        "label",
        "Pipeline",
        "type",
        "query",
        "datasource",
        backend.source(),
        "query",
        backend.variableQuery(),
        "refresh",
        2,
        "sort",
        1,
        "multi",
        true,
        "includeAll",
        true,
        "allValue",
        backend == Backend.PROMETHEUS ? ".*" : "*",
        "current",
        object("text", List.of("All"), "value", List.of("$__all")));
  }

  private static Map<String, Object> link(Backend backend) {
    return object(
        "title",
        "Icestream",
        "type",
        "dashboards",
        "tags",
        List.of("icestream", backend.key()),
        "asDropdown",
        false,
        "icon",
        "external link",
        "includeVars",
        true,
        "keepTime",
        true,
        "targetBlank",
        false,
        "tooltip",
        "",
        "url",
        "");
  }
}
