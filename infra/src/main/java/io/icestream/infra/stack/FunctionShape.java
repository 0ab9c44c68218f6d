/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.ec2.ISecurityGroup;

/**
 * Which function of the zip file it is, how long it may run, and whom it may speak to.
 *
 * @param type its name in {@code functions.properties} of the producers
 * @param timeout after which AWS ends it
 * @param groups of security, besides that of Kafka's clients
 */
record FunctionShape(String type, Duration timeout, List<ISecurityGroup> groups) {
  private static final Map<String, String> HANDLERS =
      new TreeMap<>(
          Map.of(
              "api", "io.icestream.producers.api.ApiPollHandler",
              "http", "io.icestream.producers.http.HttpIngestHandler",
              "object", "io.icestream.producers.object.ObjectIngestHandler",
              "simulation", "io.icestream.producers.scheduled.SimulationHandler"));

  FunctionShape {
    groups = List.copyOf(groups);
  }

  FunctionShape(String type, Duration timeout) {
    this(type, timeout, List.of());
  }

  /** The class that AWS calls. */
  String handler() {
    return HANDLERS.get(type);
  }
}
