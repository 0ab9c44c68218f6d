/* SPDX-License-Identifier: MIT */
package io.icestream.spark.sink;

import java.util.Set;

/** Says which tables there are for the rows of a sink that has a table per value. */
public interface Admission {
  /** For rows that no table gets: as if the sink had none yet. Makes nothing. */
  Admission REHEARSED =
      (write, steps) ->
          write.survey(steps).choose(Set.of(), write.route().maxTables(), value -> false);

  /**
   * Chooses the values that have a table, and sees to it that each of them has.
   *
   * @param write the sink
   * @param steps what the rows have become
   */
  RouteChoice admit(RouteWrite write, StepRows steps);
}
