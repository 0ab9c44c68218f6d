/* SPDX-License-Identifier: MIT */
package io.icestream.spark.query;

/** Envelopes of changes to a table with the columns id, name and note. */
final class Debezium {
  static final String SCHEMA =
      """
      {"type": "record", "name": "Row", "fields": [
        {"name": "id", "type": "int"},
        {"name": "name", "type": ["null", "string"]},
        {"name": "note", "type": ["null", "string"]}]}
      """;

  /** What Postgres's connector writes for a large column that has not changed. */
  static final String UNAVAILABLE = "__debezium_unavailable_value";

  private Debezium() {}

  static String row(int id, String name, String note) {
    return "{\"id\": %d, \"name\": %s, \"note\": %s}".formatted(id, text(name), text(note));
  }

  /** Only what identifies a row, as databases log it by default. */
  static String key(int id) {
    return "{\"id\": " + id + "}";
  }

  /**
   * A change.
   *
   * @param lsn its place in the log; also its time, in milliseconds
   */
  static String change(String op, long lsn, String before, String after) {
    return change(op, "\"lsn\": " + lsn, lsn, before, after);
  }

  static String change(String op, String place, long time, String before, String after) {
    return ("{\"op\": \"%s\", \"ts_ms\": 7, \"before\": %s, \"after\": %s,"
            + " \"source\": {\"ts_ms\": %d, %s}}")
        .formatted(op, before, after, time, place);
  }

  private static String text(String value) {
    return value == null ? "null" : "\"" + value + "\"";
  }
}
