/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

/** The files that {@code init} writes. */
enum StarterText {
  JSON(
      "{ type: json, schema: schemas/%1$s.avsc }",
      """
      - { id: a, event_time: "2026-01-31T10:00:05Z", value: 20.5 }
      - not json
      """,
      "malformed_json"),
  CSV(
      "{ type: csv, schema: schemas/%1$s.avsc }",
      """
      - { id: a, event_time: "2026-01-31T10:00:05Z", value: 20.5 }
      - not csv
      """,
      "malformed_csv");

  private static final String PIPELINE =
      """
      # What each key means: docs/pipeline-file.md. Check this file: icestream validate; run its tests: icestream test.
      version: 1
      name: %2$s                    # names the pipeline in tables, metrics and logs

      sources:
        events:                     # the name that SQL uses
          kafka: { topic: %2$s, start: earliest }
          format: %3$s
          event_time: event_time    # the column that holds the time of the event
          watermark: 10m            # older than that behind its partition's newest event: late, to quarantine

      steps:
        checked:
          sql: SELECT id, event_time, value FROM events
          expect:
            value_is_positive: { check: value > 0, else: quarantine }   # or warn, drop, fail

      sinks:
        %1$s.events:
          from: checked
          mode: append
          partition_by: [days(event_time)]

      quarantine: { table: %1$s.quarantine }   # what cannot be decoded, is late or does not meet an expectation

      tests:
        - name: a good record is kept, a bad one quarantined
          given:
            events:
      %4$s    expect:
            %1$s.events:
              - { id: a, value: 20.5 }
            %1$s.quarantine:
              - { stage: decode, reason: %5$s }
      """;

  private static final String SCHEMA =
      """
      {
        "type": "record",
        "name": "Event",
        "fields": [
          { "name": "id", "type": "string" },
          { "name": "event_time", "type": { "type": "long", "logicalType": "timestamp-micros" } },
          { "name": "value", "type": ["null", "double"], "default": null, "doc": "May be absent" }
        ]
      }
      """;

  private final String format;
  private final String records;
  private final String reason;

  StarterText(String format, String records, String reason) {
    this.format = format;
    this.records = records;
    this.reason = reason;
  }

  /** A pipeline that is right, with a test that passes. */
  String pipeline(String name) {
    String sqlName = sqlName(name);
    return PIPELINE.formatted(sqlName, name, format.formatted(sqlName), records.indent(8), reason);
  }

  /** The schema of its records. */
  String schema() {
    return SCHEMA;
  }

  /** A name that SQL takes without quotes. */
  static String sqlName(String name) {
    return name.replace('-', '_');
  }
}
