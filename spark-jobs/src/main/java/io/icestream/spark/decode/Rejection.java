/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

/**
 * Why a record cannot become a row. Thrown once per bad record, so it carries no stack trace.
 *
 * <p>Reasons are stable names that users filter by: {@code malformed_json}, {@code wrong_type},
 * {@code missing_field}, {@code unknown_field}, {@code duplicate_key}, {@code out_of_range}, {@code
 * malformed_csv}, {@code malformed_log_line}, {@code empty_payload}, {@code missing_event_time},
 * {@code late}, {@code malformed_avro}, {@code malformed_protobuf}, {@code malformed_framing},
 * {@code unknown_schema}, {@code incompatible_schema}.
 */
class Rejection extends Exception {
  private final String reason;

  /**
   * @param reason a stable name in snake case
   * @param detail what was found and what was expected, for a person
   */
  Rejection(String reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
