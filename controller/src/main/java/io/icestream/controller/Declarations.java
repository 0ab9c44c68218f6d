/* SPDX-License-Identifier: MIT */
package io.icestream.controller;

import io.icestream.controller.decide.Release;
import java.util.List;
import java.util.SortedMap;

/** What the deployment wants to run. */
public interface Declarations {
  /** The release of each pipeline, by its name. */
  SortedMap<String, Release> wanted();

  /**
   * Looks whether a release could run at all, before a job is ended for it.
   *
   * @return what is wrong or missing, for a person to read; empty if nothing
   */
  List<String> obstacles(String pipeline, Release release);
}
