/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/**
 * Where a commit comes from.
 *
 * @param cluster id of the Kafka cluster; empty if unknown
 * @param query id of the streaming query, which is that of its checkpoint; empty if unknown
 * @param epoch the driver's number, higher than that of each driver before; 0 if it has none
 * @param schema short hash of the columns of the rows that were written; empty if there were none
 * @param time when the batch was planned, in milliseconds since 1970; 0 if unknown
 * @param rules short name of what the pipeline file said about what becomes of a record; empty if
 *     unknown
 * @param commit unique id of this attempt to commit; empty if unknown
 */
public record Origin(
    @JsonProperty("cluster") String cluster,
    @JsonProperty("query") String query,
    @JsonProperty("epoch") long epoch,
    @JsonProperty("schema") String schema,
    @JsonProperty("time") long time,
    @JsonProperty("rules") String rules,
    @JsonProperty("commit") String commit) {
  /** Of a marker of an earlier version, which does not say. */
  public static final Origin UNKNOWN = new Origin("", "", 0, "", 0, "", "");

  public Origin {
    rules = rules == null ? "" : rules; // as markers of earlier versions have it
  }

  static Origin of(Driver driver, String query, String schema, Instant time) {
    return new Origin(
        driver.cluster(),
        query,
        driver.epoch(),
        schema,
        time.toEpochMilli(),
        driver.rules(),
        UUID.randomUUID().toString());
  }
}
