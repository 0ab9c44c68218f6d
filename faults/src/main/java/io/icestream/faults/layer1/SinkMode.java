/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.layer1.ChangesMode.Kind;
import io.icestream.faults.oracle.SinkModel;
import java.util.List;

/** How the sinks of a combination take rows, and what they have to hold in the end. */
interface SinkMode {
  /** All there are, in the order of combinations. */
  static List<SinkMode> all() {
    return List.of(
        new AppendMode(),
        new GroupsMode(),
        new UpsertMode(),
        new ChangesMode(Kind.HARD),
        new ChangesMode(Kind.SOFT),
        new ChangesMode(Kind.HISTORY));
  }

  /** The name in combinations. */
  String label();

  /** The steps that the sinks take their rows from, as YAML; empty if they take the source's. */
  default String steps() {
    return "";
  }

  /** What a pipeline file says of a sink, in one line. */
  String settings();

  /** What a table has to hold. */
  SinkModel model();

  /**
   * Tables that a sink has beside its own, for its own use.
   *
   * @param table the sink's table
   */
  default List<String> others(String table) {
    return List.of();
  }
}
