/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import java.util.List;

/**
 * The context is wrong. Carries everything that was found, each with the key, the value and the
 * remedy.
 */
public final class ContextException extends RuntimeException {
  private final transient List<String> problems;

  ContextException(List<String> problems) {
    super(
        "The context of this deployment (cdk.json, or -c KEY=VALUE) is wrong:\n  "
            + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence or two for each problem; at least one. */
  public List<String> problems() {
    return problems;
  }
}
