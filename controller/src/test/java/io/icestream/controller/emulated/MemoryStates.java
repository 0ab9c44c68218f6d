/* SPDX-License-Identifier: MIT */
package io.icestream.controller.emulated;

import io.icestream.controller.PipelineStates;
import io.icestream.controller.decide.PipelineState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** States in memory, written by one at a time as in S3. */
public final class MemoryStates implements PipelineStates {
  private final Map<String, Stored> states = new TreeMap<>();
  private boolean held;
  private int writes;

  @Override
  public synchronized Set<String> pipelines() {
    return new TreeSet<>(states.keySet());
  }

  @Override
  public synchronized Stored read(String pipeline) {
    return states.getOrDefault(pipeline, new Stored(PipelineState.NEW, Optional.empty()));
  }

  @Override
  public synchronized Optional<Stored> write(String pipeline, Stored before, PipelineState next) {
    if (!read(pipeline).version().equals(before.version())) {
      return Optional.empty();
    }
    writes++;
    Stored stored = new Stored(next, Optional.of(Integer.toString(writes)));
    states.put(pipeline, stored);
    return Optional.of(stored);
  }

  @Override
  public synchronized boolean held() {
    return held;
  }

  @Override
  public synchronized void hold(boolean value) {
    held = value;
  }
}
