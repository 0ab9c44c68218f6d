/* SPDX-License-Identifier: MIT */
package io.icestream.containers;

import java.util.List;

/**
 * A query that two engines have to answer alike.
 *
 * @param spark how Spark is asked
 * @param trino how Trino is asked
 */
record Question(String spark, String trino) {

  /** One of every kind of table, and of what queries do. */
  static final List<Question> ALL =
      List.of(
          same(
              "SELECT count(*), sum(items), sum(price), avg(amount), min(event_time),"
                  + " max(event_time) FROM two.orders"),
          same(
              "SELECT tenant, date(event_time), count(*), sum(amount) FROM two.orders"
                  + " GROUP BY tenant, date(event_time) ORDER BY 1, 2"),
          same(
              "SELECT id, event_time, note, element_at(tags, 1), cardinality(tags), address.city,"
                  + " address.zip FROM two.orders ORDER BY event_time"),
          same("SELECT count(*), count(note), count(address.zip) FROM two.orders"),
          same(
              "SELECT id, event_time, price FROM two.orders WHERE id = 'o-07'"
                  + " AND event_time >= TIMESTAMP '2026-03-01 12:00:00 UTC' ORDER BY event_time"),
          same(
              "SELECT id, event_time, row_number() OVER (PARTITION BY id ORDER BY event_time)"
                  + " FROM two.orders ORDER BY event_time"),
          same("SELECT id, op, event_time, price, items, note FROM two.newest ORDER BY id"),
          same("SELECT id, tenant, event_time, price FROM two.current ORDER BY id"),
          same(
              "SELECT _is_deleted, count(*), sum(items) FROM two.marked"
                  + " GROUP BY _is_deleted ORDER BY 1"),
          same(
              "SELECT id, _valid_from, _valid_to, _is_current, items FROM two.history"
                  + " ORDER BY id, _valid_from"),
          same("SELECT count(*), sum(items), min(event_time) FROM two.of_acme"),
          same("SELECT route FROM two.of ORDER BY route"),
          same("SELECT tenant, hour, n, items, highest FROM two.hours ORDER BY tenant, hour"),
          same(
              "SELECT stage, reason, partition, offset, payload FROM two.rejected"
                  + " ORDER BY partition, offset"),
          same(
              "SELECT c.id, count(*), max(o.event_time) FROM two.current c"
                  + " JOIN two.orders o ON o.id = c.id GROUP BY c.id ORDER BY c.id"),
          new Question(
              "SELECT count(*) FROM two.newest.snapshots",
              "SELECT count(*) FROM two.\"newest$snapshots\""));

  static Question same(String sql) {
    return new Question(sql, sql);
  }
}
