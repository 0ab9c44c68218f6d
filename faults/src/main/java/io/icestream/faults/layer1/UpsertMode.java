/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.oracle.NewestModel;
import io.icestream.faults.oracle.SinkModel;

/** The newest row of each account stays. */
record UpsertMode() implements SinkMode {
  @Override
  public String label() {
    return "upsert";
  }

  @Override
  public String settings() {
    return "from: events, mode: upsert, key: [account], order_by: [at]";
  }

  @Override
  public SinkModel model() {
    return new NewestModel("account", "at");
  }
}
