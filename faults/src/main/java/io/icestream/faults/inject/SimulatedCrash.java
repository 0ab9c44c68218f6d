/* SPDX-License-Identifier: MIT */
package io.icestream.faults.inject;

/** Ends a driver's batch. An error, since no code may catch it and go on. */
final class SimulatedCrash extends Error {
  SimulatedCrash(String where) {
    super("The driver has crashed " + where);
  }
}
