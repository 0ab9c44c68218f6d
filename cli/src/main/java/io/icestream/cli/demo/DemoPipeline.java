/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import java.util.List;

/**
 * An example pipeline and where its rows go.
 *
 * @param name its name
 * @param file its file below the folder of examples
 * @param topic its topic
 * @param rows the table that gets every accepted row
 * @param groups the table of aggregates over those rows
 * @param counted the column of {@code groups} that counts rows
 * @param quarantine the table of rejected rows
 */
public record DemoPipeline(
    String name,
    String file,
    String topic,
    String rows,
    String groups,
    String counted,
    String quarantine) {

  /** Sensor readings. */
  public static final DemoPipeline IOT =
      new DemoPipeline(
          "iot-telemetry",
          "iot-telemetry.yaml",
          "iot.readings",
          "iot.readings",
          "iot.minute_stats",
          "n",
          "iot.quarantine");

  /** Access logs. */
  public static final DemoPipeline WEB =
      new DemoPipeline(
          "web-logs",
          "web-logs.yaml",
          "weblogs",
          "web.requests",
          "web.traffic_per_minute",
          "requests",
          "web.quarantine");

  /** Both, in the order of the report. */
  public static final List<DemoPipeline> ALL = List.of(IOT, WEB);

  /** Its tables. */
  public List<String> tables() {
    return List.of(rows, groups, quarantine);
  }
}
