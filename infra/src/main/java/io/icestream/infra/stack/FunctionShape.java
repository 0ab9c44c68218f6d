/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;

/**
 * Which function of the zip file it is, and how long it may run.
 *
 * @param type its name in {@code functions.properties} of the producers
 * @param timeout after which AWS ends it
 */
record FunctionShape(String type, Duration timeout) {
  private static final Map<String, String> HANDLERS =
      new TreeMap<>(
          Map.of(
              "http", "io.icestream.producers.http.HttpIngestHandler",
              "object", "io.icestream.producers.object.ObjectIngestHandler",
              "simulation", "io.icestream.producers.scheduled.SimulationHandler"));

  /** The class that AWS calls. */
  String handler() {
    return HANDLERS.get(type);
  }
}
