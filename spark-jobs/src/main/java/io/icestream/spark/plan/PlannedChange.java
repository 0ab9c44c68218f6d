/* SPDX-License-Identifier: MIT */
package io.icestream.spark.plan;

import java.util.Objects;

/**
 * A difference between a pipeline file and what is there.
 *
 * @param subject the table or the topic that it is about
 * @param what the difference, or what would be done about it
 * @param effect what it takes
 * @param reason why it takes that, and the remedy where there is one
 */
public record PlannedChange(String subject, String what, Effect effect, String reason) {
  public PlannedChange {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(effect, "effect");
    Objects.requireNonNull(reason, "reason");
  }
}
