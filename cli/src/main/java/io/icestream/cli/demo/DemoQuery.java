/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A query that the demo shows.
 *
 * @param title what it answers
 * @param sql the query
 * @param rows its result
 */
public record DemoQuery(String title, String sql, Dataset<Row> rows) {

  /** The queries, by title and SQL. */
  static final List<List<String>> ALL =
      List.of(
          List.of(
              "Where did sensors run hottest?",
              "SELECT site, model, round(avg(temperature), 2) AS mean, max(temperature) AS hottest,"
                  + " count(*) AS readings FROM iot.readings GROUP BY site, model"
                  + " ORDER BY hottest DESC LIMIT 5"),
          List.of(
              "How is the web site doing, by class of status?",
              "SELECT status_class, sum(requests) AS requests, sum(bytes) AS bytes,"
                  + " max(largest) AS largest FROM web.traffic_per_minute"
                  + " GROUP BY status_class ORDER BY status_class"),
          List.of(
              "What was rejected, where, and why?",
              "SELECT pipeline, stage, reason, count(*) AS events, min(detail) AS example FROM"
                  + " (SELECT * FROM iot.quarantine UNION ALL SELECT * FROM web.quarantine)"
                  + " GROUP BY pipeline, stage, reason ORDER BY pipeline, events DESC"));
}
