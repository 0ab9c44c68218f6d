/* SPDX-License-Identifier: MIT */
package io.icestream.spark.commit;

/**
 * Somebody has committed to a sink between the reading of its rows and the commit of values made of
 * them. Nothing is wrong, and nothing was committed: the values have to be made again.
 */
final class Overtaken extends RuntimeException {
  Overtaken(String sink, Throwable cause) {
    super("Sink " + sink + " has changed since its rows were read", cause);
  }
}
