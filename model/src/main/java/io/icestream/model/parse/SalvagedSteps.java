/* SPDX-License-Identifier: MIT */
package io.icestream.model.parse;

import io.icestream.model.Expectation;
import io.icestream.model.ReadableSteps;
import io.icestream.model.StepDefinition;
import io.icestream.model.shape.Entries;
import io.icestream.model.shape.Key;
import io.icestream.model.shape.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be read of the steps of a wrong file, so that their SQL is checked in the same run. */
final class SalvagedSteps {
  private SalvagedSteps() {}

  static ReadableSteps of(Values pipeline) {
    Set<String> names = new HashSet<>();
    for (Key<Entries<Values>> key :
        List.of(PipelineShape.SOURCES, PipelineShape.LOOKUPS, PipelineShape.STEPS)) {
      pipeline.find(key).ifPresent(entries -> names.addAll(entries.names()));
    }
    Map<String, StepDefinition> steps = new LinkedHashMap<>();
    pipeline
        .find(PipelineShape.STEPS)
        .ifPresent(all -> all.forEach((entry, step) -> steps.put(entry.name(), step(step))));
    return new ReadableSteps(steps, names);
  }

  private static StepDefinition step(Values step) {
    List<Expectation> expectations = new ArrayList<>();
    step.find(StepShape.EXPECT)
        .ifPresent(
            all ->
                all.forEach(
                    (entry, check) ->
                        check
                            .find(StepShape.CHECK)
                            .ifPresent(
                                sql ->
                                    expectations.add(
                                        new Expectation(
                                            check.location(StepShape.CHECK),
                                            entry.name(),
                                            sql,
                                            Expectation.Otherwise.WARN)))));
    return new StepDefinition(
        step.location(StepShape.SQL), step.find(StepShape.SQL).orElse(""), expectations, List.of());
  }
}
