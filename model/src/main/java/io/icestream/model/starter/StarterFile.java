/* SPDX-License-Identifier: MIT */
package io.icestream.model.starter;

import java.util.Locale;

/** A commented pipeline file to start from. */
public final class StarterFile {
  /** The path of the schema that the pipeline refers to, relative to the pipeline file. */
  public static final String SCHEMA_PATH = "schemas/event.avsc";

  private static final String PIPELINE =
      """
      # yaml-language-server: $schema=@SCHEMA@
      # Events from the topic @NAME@: checked, and kept in the table @SPACE@.events.
      version: 1
      name: @NAME@

      sources:
        events:                         # the name of the topic in SQL
          kafka: { topic: @NAME@, start: earliest }
          format:
      @FORMAT@    event_time: event_time
          # watermark: 10m              # older rows than that go to quarantine

      # Tables to join with:
      # lookups:
      #   customers: { table: ref.customers, columns: { id: string, name: string } }

      steps:
        checked:
          sql: SELECT * FROM events
          expect:
            amount_is_not_negative: { check: amount >= 0, else: quarantine }    # or warn, drop, fail

      sinks:
        @SPACE@.events:
          from: checked
          mode: append
          partition_by: [days(event_time)]

      quarantine: { table: @SPACE@.quarantine }     # what is malformed, late or refused

      # Run them with: icestream test @NAME@.yaml
      tests:
        - name: an event is kept
          given: { events: [ @GOOD@ ] }
          expect:
            @SPACE@.events: [ { id: e1, amount: 12.5 } ]
            @SPACE@.quarantine: []
        - name: a negative amount goes to quarantine
          given: { events: [ @BAD@ ] }
          expect:
            @SPACE@.events: []
            @SPACE@.quarantine: [ { reason: amount_is_not_negative } ]
      """;

  private static final String SCHEMA =
      """
      {
        "type": "record",
        "name": "Event",
        "fields": [
          { "name": "id", "type": "string" },
          { "name": "event_time", "type": { "type": "long", "logicalType": "timestamp-millis" } },
          { "name": "amount", "type": ["null", "double"], "default": null }
        ]
      }
      """;

  private StarterFile() {}

  /**
   * The text of a pipeline file.
   *
   * @param name the pipeline's name, which its topic and the namespace of its tables have too. It
   *     is not checked: parse the text before it is written
   * @param format the format of its records
   * @param schema path or address of the JSON Schema for editors
   */
  public static String text(String name, StarterFormat format, String schema) {
    return PIPELINE
        .replace("@SCHEMA@", schema)
        .replace("@FORMAT@", format.format())
        .replace("@GOOD@", format.goodRecord())
        .replace("@BAD@", format.badRecord())
        .replace("@SPACE@", name.replace('-', '_').toLowerCase(Locale.ROOT))
        .replace("@NAME@", name);
  }

  /** The text of the Avro schema that belongs to {@link #SCHEMA_PATH}. */
  public static String schema() {
    return SCHEMA;
  }
}
