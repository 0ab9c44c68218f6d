/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.shape.Entries;
import io.icestream.model.shape.Problems;
import io.icestream.model.shape.Values;
import io.icestream.model.shape.Written;

/** Checks of lookups beyond their shapes: the names and types of their columns. */
final class LookupChecks {
  private LookupChecks() {}

  static void check(Values pipeline, Problems problems) {
    PipelineChecks.entries(pipeline, PipelineShape.LOOKUPS)
        .forEach(
            (lookup, values) ->
                values
                    .find(SourceShape.COLUMNS)
                    .ifPresent(
                        columns ->
                            columns
                                .all()
                                .forEach(column -> checkType(lookup.name(), column, problems))));
  }

  private static void checkType(String lookup, Entries.Entry<String> column, Problems problems) {
    column
        .value()
        .filter(type -> !SqlType.isOne(type.value()))
        .ifPresent(
            (Written<String> type) ->
                problems.add(
                    type.location(),
                    "Column '"
                        + column.name()
                        + "' of lookup '"
                        + lookup
                        + "' has the type "
                        + type.shown()
                        + ", which SQL does not have. Allowed: "
                        + SqlType.ALLOWED
                        + "."));
  }
}
