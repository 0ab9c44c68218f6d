/* SPDX-License-Identifier: MIT */
package io.icestream.model;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the user wrote: a whole pipeline file. The maps keep the order of the file.
 *
 * @param file the file it was read from; schema paths are relative to its folder
 * @param name names the pipeline in tables, metrics and logs; letters, digits and dashes
 * @param sources Kafka topics, by the name that SQL uses
 * @param lookups reference tables to join with, by the name that SQL uses
 * @param steps SQL steps, by name; a step reads sources, lookups and steps above it
 * @param sinks tables written, by table identifier
 * @param quarantine the table of rejected rows
 * @param tests examples of what the pipeline does
 */
public record PipelineDefinition(
    Path file,
    String name,
    Map<String, SourceDefinition> sources,
    Map<String, LookupDefinition> lookups,
    Map<String, StepDefinition> steps,
    Map<String, SinkDefinition> sinks,
    QuarantineDefinition quarantine,
    List<PipelineTest> tests) {

  public PipelineDefinition {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(quarantine, "quarantine");
    sources = ordered(sources);
    lookups = ordered(lookups);
    steps = ordered(steps);
    sinks = ordered(sinks);
    tests = List.copyOf(tests);
  }

  /** A path of the file resolved against the file's folder. */
  public Path resolve(String path) {
    return file.toAbsolutePath().resolveSibling(path).normalize();
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
