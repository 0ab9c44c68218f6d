/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** Groups of logs. */
final class Logs {
  private Logs() {}

  /**
   * A group that goes with its stack: logs are no data.
   *
   * @param days how long a line is kept
   */
  static LogGroup group(Construct scope, String id, String name, int days) {
    LogGroup group =
        LogGroup.Builder.create(scope, id)
            .logGroupName("/icestream/" + name)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    // The enumeration of the builder has names only, the context has a number
    ((CfnLogGroup) group.getNode().getDefaultChild()).setRetentionInDays(days);
    return group;
  }
}
