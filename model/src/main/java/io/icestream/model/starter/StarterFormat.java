/* SPDX-License-Identifier: MIT */
package io.icestream.model.starter;

import java.util.Locale;

/** The formats that a starter pipeline is there for. */
public enum StarterFormat {
  JSON(
      """
            type: json
            schema: schemas/event.avsc
            unknown_fields: ignore      # or evolve: a new field becomes a column; or reject
      """,
      "{ id: e1, event_time: \"2026-01-31T10:00:00Z\", amount: 12.5 }",
      "{ id: e2, event_time: \"2026-01-31T10:00:01Z\", amount: -1.0 }"),
  CSV(
      """
            type: csv
            schema: schemas/event.avsc
            delimiter: ","
            header: [id, event_time, amount]      # the fields of a line, in their order
      """,
      "'e1,2026-01-31T10:00:00Z,12.5'",
      "'e2,2026-01-31T10:00:01Z,-1.0'"),
  TEXT(
      """
            type: text
            # Named groups become columns; the schema gives their types. Or name a pattern that
            # Icestream knows: pattern: apache_combined, nginx_combined
            regex: '(?P<event_time>\\S+) (?P<id>\\w+) (?P<amount>\\S+)'
            schema: schemas/event.avsc
      """,
      "'2026-01-31T10:00:00Z e1 12.5'",
      "'2026-01-31T10:00:01Z e2 -1.0'"),
  AVRO(
      """
            type: avro
            schema: schemas/event.avsc
            framing: none               # or confluent, or glue: a registry has the writers' schemas
      """,
      "{ id: e1, event_time: \"2026-01-31T10:00:00Z\", amount: 12.5 }",
      "{ id: e2, event_time: \"2026-01-31T10:00:01Z\", amount: -1.0 }");

  private final String format;
  private final String goodRecord;
  private final String badRecord;

  StarterFormat(String format, String goodRecord, String badRecord) {
    this.format = format;
    this.goodRecord = goodRecord;
    this.badRecord = badRecord;
  }

  /** The name as users write it, such as {@code json}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  String format() {
    return format;
  }

  String goodRecord() {
    return goodRecord;
  }

  String badRecord() {
    return badRecord;
  }
}
