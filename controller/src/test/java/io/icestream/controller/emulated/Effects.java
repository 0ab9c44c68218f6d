/* SPDX-License-Identifier: MIT */
package io.icestream.controller.emulated;

import io.icestream.controller.JobRuns;
import io.icestream.controller.PipelineStates;
import io.icestream.controller.decide.Attempt;
import io.icestream.controller.decide.JobRun;
import io.icestream.controller.decide.PipelineState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Counts what a controller changes, and lets something happen at one of these points. */
public final class Effects {
  private final int at;
  private final boolean after;
  private final Runnable event;
  private int count;

  /**
   * @param at which effect, from 1; 0 for none
   * @param after whether it happens once the effect is there, or before
   * @param event what happens
   */
  public Effects(int at, boolean after, Runnable event) {
    this.at = at;
    this.after = after;
    this.event = event;
  }

  /** How many there were. */
  public int count() {
    return count;
  }

  private <T> T effect(Supplier<T> change) {
    count++;
    boolean now = count == at;
    if (now && !after) {
      event.run();
    }
    T answer = change.get();
    if (now && after) {
      event.run();
    }
    return answer;
  }

  public JobRuns on(JobRuns jobs) {
    return new JobRuns() {
      @Override
      public List<JobRun> alive() {
        return jobs.alive();
      }

      @Override
      public Optional<JobRun> find(String id) {
        return jobs.find(id);
      }

      @Override
      public Answer start(String pipeline, Attempt attempt) {
        return effect(() -> jobs.start(pipeline, attempt));
      }

      @Override
      public void cancel(String id, Duration grace) {
        effect(
            () -> {
              jobs.cancel(id, grace);
              return id;
            });
      }

      @Override
      public boolean stopApplication() {
        return effect(jobs::stopApplication);
      }
    };
  }

  public PipelineStates on(PipelineStates states) {
    return new PipelineStates() {
      @Override
      public Set<String> pipelines() {
        return states.pipelines();
      }

      @Override
      public Stored read(String pipeline) {
        return states.read(pipeline);
      }

      @Override
      public Optional<Stored> write(String pipeline, Stored before, PipelineState next) {
        return effect(() -> states.write(pipeline, before, next));
      }

      @Override
      public boolean held() {
        return states.held();
      }

      @Override
      public void hold(boolean held) {
        states.hold(held);
      }
    };
  }
}
