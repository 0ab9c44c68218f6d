/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer1;

import io.icestream.faults.oracle.AppendModel;
import io.icestream.faults.oracle.SinkModel;

/** Each row is added. */
record AppendMode() implements SinkMode {
  @Override
  public String label() {
    return "append";
  }

  @Override
  public String settings() {
    return "from: events, mode: append";
  }

  @Override
  public SinkModel model() {
    return new AppendModel();
  }
}
