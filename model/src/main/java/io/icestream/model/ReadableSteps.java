/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What can be read of a wrong pipeline file's steps, so that their SQL is checked all the same.
 *
 * @param steps the steps that could be read, in the order of the file; the SQL is empty where it
 *     could not
 * @param names the names of all sources, lookups and steps, readable or not
 */
public record ReadableSteps(Map<String, StepDefinition> steps, Set<String> names) {
  public ReadableSteps {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    names = Set.copyOf(names);
  }
}
