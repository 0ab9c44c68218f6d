/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

/** Finds out before a server starts that it would not get its port. */
final class PortCheck {

  private PortCheck() {}

  /**
   * @throws StackException if the port is taken; names its holder where the platform tells
   */
  static void requireFree(ServerKind kind, int port) {
    requireFree(port, kind.title(), "choose another port with " + kind.portOption() + " N");
  }

  /**
   * @param title whose port it is to be
   * @param remedy how another port is chosen, as the end of a sentence
   * @throws StackException if the port is taken; names its holder where the platform tells
   */
  static void requireFree(int port, String title, String remedy) {
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
            + title
            + " is taken"
            + holder
            + "; end that process, or "
            + remedy);
  }
}
