/* SPDX-License-Identifier: MIT */
package io.icestream.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.icestream.spark.inspect.PipelinePlan;

/**
 * A plan for programs: {@code changes}, each with {@code subject}, {@code what}, {@code effect} and
 * {@code reason}, and {@code possible}, a list of sentences.
 */
final class PlanJson {

  private PlanJson() {}

  /** The plan as indented JSON, without a line break at the end. */
  static String of(PipelinePlan plan) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ArrayNode changes = root.putArray("changes");
    plan.changes()
        .forEach(
            change ->
                changes
                    .addObject()
                    .put("subject", change.subject())
                    .put("what", change.what())
                    .put("effect", change.effect().toString())
                    .put("reason", change.reason()));
    ArrayNode possible = root.putArray("possible");
    plan.possible().forEach(possible::add);
    return root.toPrettyString();
  }
}
