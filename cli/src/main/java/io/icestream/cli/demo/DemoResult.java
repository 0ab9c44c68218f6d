/* SPDX-License-Identifier: MIT */
package io.icestream.cli.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a demo has done.
 *
 * @param accounts one per pipeline
 * @param tables every table that was written
 * @param queries three queries with their results
 * @param home where all state lies
 * @param elapsed from the start of the stack to here
 */
public record DemoResult(
    List<PipelineAccount> accounts,
    List<TableState> tables,
    List<DemoQuery> queries,
    Path home,
    Duration elapsed) {

  /** Whether every event of every pipeline is accounted for. */
  public boolean balanced() {
    return accounts.stream().allMatch(PipelineAccount::balanced);
  }
}
