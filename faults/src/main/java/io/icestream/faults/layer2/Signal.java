/* SPDX-License-Identifier: MIT */
package io.icestream.faults.layer2;

/** A signal to a process. */
enum Signal {
  /** Stops it until {@link #CONT}. */
  STOP,
  /** Lets it go on. */
  CONT,
  /** Makes a JVM print what its threads do. */
  QUIT,
  /** Ends it at once. */
  KILL;

  /** Sends the signal. */
  void to(long pid) {
    SystemCommand.run("kill", "-" + name(), Long.toString(pid));
  }
}
