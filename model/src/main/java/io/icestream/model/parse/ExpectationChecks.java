/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.shape.Entries;
import io.icestream.model.shape.Problems;
import io.icestream.model.shape.Values;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Checks of expectations beyond their shapes: their names and the order of their bounds. */
final class ExpectationChecks {
  private ExpectationChecks() {}

  static void check(Values pipeline, Problems problems) {
    PipelineChecks.entries(pipeline, PipelineShape.STEPS)
        .forEach(
            (entry, step) -> {
              checkNames(entry.name(), step, problems);
              PipelineChecks.entries(step, StepShape.EXPECT_BATCH)
                  .forEach(
                      (expectation, batch) ->
                          checkOrder(expectation.name(), batch, StepShape.bounds(batch), problems));
            });
  }

  /** Rules are counted by name. */
  private static void checkNames(String step, Values values, Problems problems) {
    Set<String> names = new HashSet<>(PipelineChecks.entries(values, StepShape.EXPECT).names());
    for (Entries.Entry<Values> batch :
        PipelineChecks.entries(values, StepShape.EXPECT_BATCH).all()) {
      if (names.contains(batch.name())) {
        problems.add(
            batch.location(),
            "Expectation '"
                + batch.name()
                + "' of step '"
                + step
                + "' stands in 'expect' and in 'expect_batch'. Rename one.");
      }
    }
  }

  private static <T extends Comparable<T>> void checkOrder(
      String name, Values batch, StepShape.Bounds<T> bounds, Problems problems) {
    Optional<T> least = batch.find(bounds.atLeast());
    Optional<T> most = batch.find(bounds.atMost());
    if (least.isPresent() && most.isPresent() && least.get().compareTo(most.get()) > 0) {
      problems.add(
          batch.location(bounds.atMost()),
          "Expectation '"
              + name
              + "' has 'at_most' "
              + batch.shown(bounds.atMost())
              + " below 'at_least' "
              + batch.shown(bounds.atLeast())
              + ": no batch can meet it. Swap them.");
    }
  }
}
