/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Optional;

/**
 * Where a sink is for a pipeline: a value that was computed from the sink's rows is right as long
 * as the sink is there.
 *
 * @param to where the newest batch ended; empty if there has been none
 * @param replay the newest replay; empty if there has been none
 */
record SinkPlace(Optional<TopicOffsets> to, Optional<ReplayMark> replay) {

  /** The place in one state of the table. */
  static SinkPlace of(TableHistory history, String pipeline, String sink) {
    return new SinkPlace(
        Marker.newest(history, pipeline, sink).map(Marker::to),
        ReplayMark.newest(history, pipeline, sink));
  }
}
