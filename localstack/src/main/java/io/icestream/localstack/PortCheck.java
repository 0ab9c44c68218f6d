/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

/** Refuses ports that somebody else listens on. */
final class PortCheck {

  private PortCheck() {}

  /**
   * @throws StackException if the port is taken; names its holder where the platform tells
   */
  static void requireFree(ServerKind kind, int port) {
    if (Loopback.isFree(port)) {
      return;
    }
    String holder =
        PortHolder.of(port)
            .map(found -> " by pid " + found.pid() + " (" + found.command() + ")")
            .orElse("");
    throw new StackException(
        "Port "
            + port
            + " for "
            + kind.title()
            + " is taken"
            + holder
            + "; end that process, or choose another port with "
            + kind.portOption()
            + " N");
  }
}
