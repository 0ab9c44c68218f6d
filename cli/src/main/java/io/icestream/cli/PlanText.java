/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import io.icestream.spark.inspect.PipelinePlan;
import io.icestream.spark.plan.Effect;
import java.io.PrintWriter;

/** A plan for people: what happens first, then what stays as it is. */
final class PlanText {

  private PlanText() {}

  static void print(PipelinePlan plan, PrintWriter out) {
    if (!plan.hasChanges()) {
      out.println("No changes.");
    }
    print(plan, false, out);
    print(plan, true, out);
    plan.possible().forEach(sentence -> out.println("while it runs: " + sentence));
  }

  private static void print(PipelinePlan plan, boolean nothing, PrintWriter out) {
    plan.changes().stream()
        .filter(change -> (change.effect() == Effect.NONE) == nothing)
        .forEach(
            change -> {
              out.println("[" + change.effect() + "] " + change.subject() + ": " + change.what());
              out.println("    " + change.reason());
            });
  }
}
