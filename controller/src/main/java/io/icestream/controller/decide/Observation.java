/* SPDX-License-Identifier: MIT */
package io.icestream.controller.decide;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is seen of a pipeline.
 *
 * @param now when
 * @param wanted the release that the deployment declares; empty: no job is to run
 * @param obstacles why the wanted release could not run: what it needs and is not there
 * @param runs the job runs of the pipeline that are alive, and that of the last start
 */
public record Observation(
    Instant now, Optional<Release> wanted, List<String> obstacles, List<JobRun> runs) {
  public Observation {
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(wanted, "wanted");
    obstacles = List.copyOf(obstacles);
    runs = List.copyOf(runs);
  }

  Optional<JobRun> run(String id) {
    return runs.stream().filter(run -> run.id().equals(id)).findFirst();
  }

  Optional<JobRun> numbered(long number) {
    return runs.stream().filter(run -> run.name().number() == number).findFirst();
  }
}
