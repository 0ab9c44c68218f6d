/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

import java.util.Optional;
import org.apache.iceberg.Snapshot;

/**
 * Where a sink is for a pipeline: a value that was computed from the sink's rows is right as long
 * as the sink is there.
 *
 * @param to where the newest batch ended; empty if there has been none
 * @param replay the newest replay; empty if there has been none
 */
record SinkPlace(Optional<TopicOffsets> to, Optional<ReplayMark> replay) {

  /** The place after some snapshots, newest first. */
  static SinkPlace of(Iterable<Snapshot> ancestry, String pipeline, String sink) {
    return new SinkPlace(
        Marker.newest(ancestry, pipeline, sink).map(Marker::to),
        ReplayMark.newest(ancestry, pipeline, sink));
  }
}
