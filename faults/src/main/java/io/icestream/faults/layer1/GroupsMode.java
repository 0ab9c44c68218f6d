/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.oracle.GroupsModel;
import io.icestream.faults.oracle.SinkModel;

/** Rows are counted and summed up per account. */
record GroupsMode() implements SinkMode {
  @Override
  public String label() {
    return "groups";
  }

  @Override
  public String steps() {
    return """
        steps:
          totals:
            sql: SELECT account, count(*) AS n, sum(amount) AS total FROM events GROUP BY account
        """;
  }

  @Override
  public String settings() {
    return "from: totals, mode: upsert, key: [account]";
  }

  @Override
  public SinkModel model() {
    return new GroupsModel("account", "amount", "n", "total");
  }
}
