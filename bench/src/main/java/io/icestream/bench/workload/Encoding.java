/* SPDX-License-Identifier: MIT */
package io.icestream.bench.workload;

/** How records are written. */
public enum Encoding {
  JSON,
  AVRO
}
