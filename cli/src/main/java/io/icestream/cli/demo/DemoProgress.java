/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import java.util.Map;

/** Told of a demo's progress about once a second. */
public interface DemoProgress {

  /** Something has been done that deserves a line of its own. */
  void done(String what);

  /**
   * How far the pipelines are.
   *
   * @param states by pipeline, in the order of the report
   */
  void moved(Map<DemoPipeline, State> states);

  /**
   * How far a pipeline is.
   *
   * @param total events that will be produced
   * @param produced events that Kafka has acknowledged
   * @param committed events that are in the tables
   * @param quarantined rows of them in quarantine
   */
  record State(long total, long produced, long committed, long quarantined) {}
}
