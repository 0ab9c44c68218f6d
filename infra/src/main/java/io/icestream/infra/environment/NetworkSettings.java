/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import java.util.List;

/** The network of a deployment. */
public sealed interface NetworkSettings {
  /** The addresses of the whole network. */
  String cidr();

  /** The zones with a subnet: two, or three for Express brokers. */
  List<String> zones();

  /** A network that the deployment makes for itself. */
  record Own(String cidr, List<String> zones) implements NetworkSettings {
    public Own {
      zones = List.copyOf(zones);
    }
  }

  /**
   * A network that is there. It has to bring the endpoints that the deployment's own would get.
   *
   * @param vpcId its id
   * @param cidr its addresses
   * @param zones the zone of each subnet
   * @param subnets ids of private subnets, in the order of the zones
   */
  record Existing(String vpcId, String cidr, List<String> zones, List<String> subnets)
      implements NetworkSettings {
    public Existing {
      zones = List.copyOf(zones);
      subnets = List.copyOf(subnets);
    }
  }
}
