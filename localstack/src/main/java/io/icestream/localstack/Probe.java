/* SPDX-License-Identifier: MIT */
package io.icestream.localstack;

/** Asks a server whether it serves, in the server's own protocol. */
interface Probe {

  /** How long one question may take, connect and answer each, in milliseconds. */
  int TIMEOUT_MILLIS = 1_000;

  /**
   * @param port a port on loopback
   * @return false if nothing listens, nothing answers in time, or the answer is not the protocol's
   */
  boolean answers(int port);
}
