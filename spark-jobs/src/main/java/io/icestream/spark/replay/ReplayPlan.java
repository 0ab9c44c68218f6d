/* SPDX-License-Identifier: MIT */
package io.icestream.spark.replay;

import io.icestream.model.Expectation;
import io.icestream.model.Expectation.Otherwise;
import io.icestream.model.StepDefinition;
import io.icestream.spark.plan.QueryPlan;
import io.icestream.spark.plan.SourcePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pipeline as quarantined rows go through it. Pure. */
public final class ReplayPlan {
  private ReplayPlan() {}

  /**
   * The plan with three differences: no row is late, since tables take rows of any age; a row that
   * breaks an expectation with {@code else: fail} fails again and stops nobody; and expectations on
   * whole batches are left out, since the rows are none.
   */
  public static QueryPlan of(QueryPlan plan) {
    Map<String, StepDefinition> steps = new LinkedHashMap<>();
    plan.steps().forEach((name, step) -> steps.put(name, withoutStop(step)));
    return new QueryPlan(
        plan.pipeline(),
        withoutLateness(plan.source()),
        plan.lookups(),
        steps,
        plan.sinks(),
        plan.quarantineTable(),
        plan.checkpoint(),
        plan.rules(),
        plan.pace());
  }

  private static SourcePlan withoutLateness(SourcePlan source) {
    return new SourcePlan(
        source.location(),
        source.name(),
        source.kafka(),
        source.format(),
        source.recordSchema(),
        source.eventTime(),
        Optional.empty(),
        source.registry());
  }

  private static StepDefinition withoutStop(StepDefinition step) {
    List<Expectation> expectations =
        step.expectations().stream()
            .map(
                e ->
                    e.otherwise() == Otherwise.FAIL
                        ? new Expectation(e.location(), e.name(), e.check(), Otherwise.QUARANTINE)
                        : e)
            .toList();
    return new StepDefinition(step.location(), step.sql(), expectations, List.of());
  }
}
