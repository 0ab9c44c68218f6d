/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.PipelineTables;
import io.icestream.infra.access.PipelineTables.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What people ask first of a lake: what is in a table, when it was written last, and why records
 * are missing. In the SQL that Athena shares with Trino.
 *
 * @param catalog what stands before the namespace of a table, with its point; may be empty
 */
record FirstQueries(String catalog) {

  /**
   * A query to keep.
   *
   * @param id its name in the template, which stays
   * @param name what people choose it by
   * @param namespace of its table
   * @param sql its text
   */
  record Query(String id, String name, String namespace, String sql) {}

  /** The queries of all tables that these pipelines write, each once. */
  List<Query> of(List<PipelineTables> pipelines) {
    SortedSet<Name> tables = new TreeSet<>();
    SortedSet<Name> quarantines = new TreeSet<>();
    for (PipelineTables pipeline : pipelines) {
      tables.addAll(pipeline.written());
      quarantines.add(pipeline.quarantine());
    }
    List<Query> queries = new ArrayList<>();
    for (Name table : tables) {
      queries.add(rows(table));
      queries.add(commits(table));
    }
    for (Name table : quarantines) {
      queries.add(reasons(table));
    }
    return queries;
  }

  private Query rows(Name table) {
    return new Query(
        table.toString(),
        "Some rows of " + table,
        table.namespace(),
        "SELECT * FROM " + address(table, "") + " LIMIT 100");
  }

  private Query commits(Name table) {
    return new Query(
        table + ".commits",
        "Last commits of " + table,
        table.namespace(),
        "SELECT committed_at, operation, element_at(summary, 'added-records') AS added,"
            + " element_at(summary, 'deleted-records') AS deleted,"
            + " element_at(summary, 'total-records') AS total, snapshot_id FROM "
            + address(table, "$snapshots")
            + " ORDER BY committed_at DESC LIMIT 100");
  }

  private Query reasons(Name table) {
    return new Query(
        table + ".reasons",
        "Why records are in " + table + ", of the last seven days",
        table.namespace(),
        "SELECT date(time) AS day, pipeline, stage, reason, state, count(*) AS records,"
            + " max(detail) AS example FROM "
            + address(table, "")
            + " WHERE time > current_timestamp - INTERVAL '7' DAY"
            + " GROUP BY date(time), pipeline, stage, reason, state ORDER BY day DESC, records DESC");
  }

  private String address(Name table, String suffix) {
    return catalog + quoted(table.namespace()) + "." + quoted(table.table() + suffix);
  }

  static String quoted(String name) {
    return '"' + name + '"';
  }
}
