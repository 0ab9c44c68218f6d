/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

import java.util.Locale;

/** A part of the compose project that is started only if it is asked for. */
public enum ComposeProfile {
  /** Trino. */
  QUERY,
  /** Prometheus. */
  WATCH,
  /** Grafana, with Prometheus. Needs an image registry. */
  GRAFANA;

  /** Its name in the compose file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
