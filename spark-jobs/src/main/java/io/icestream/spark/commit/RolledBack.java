/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import io.icestream.spark.failure.PipelineFailure;
import io.icestream.spark.failure.PipelineFailure.Kind;

/**
 * A table that is in a state from before its newest marker, and so lacks rows that the pipeline has
 * committed.
 *
 * @param sink the table
 * @param property the table property that says so
 * @param newest its newest marker
 */
record RolledBack(String sink, String property, KeptStamp newest) {
  PipelineFailure failure() {
    return new PipelineFailure(
        Kind.FENCED,
        "Table '"
            + sink
            + "' has been rolled back or replaced: this pipeline has written it up to batch "
            + newest.entries().get("batch")
            + " in snapshot "
            + newest.snapshot()
            + ", which is no longer part of the table's history. To have the rows again, set the"
            + " table to that snapshot (CALL system.set_current_snapshot). To go on from the"
            + " table as it is, remove its property '"
            + property
            + "' and run 'icestream recover'.");
  }
}
