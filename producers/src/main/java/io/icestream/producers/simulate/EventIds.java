/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

/**
 * Identifiers in the form of a UUID. Within one simulation no two are equal (the second half is a
 * bijection of the index); the first half differs between kinds, seeds and start times.
 */
final class EventIds {

  private final long family;

  EventIds(Simulation simulation, String kind) {
    long when = SeededRandom.mix(simulation.millisAt(0));
    this.family = SeededRandom.mix(SeededRandom.mix(simulation.seed() ^ when) + kind.hashCode());
  }

  AsciiBuffer write(AsciiBuffer out, long index) {
    long low = SeededRandom.mix(index ^ family);
    return out.hex(family >>> 32, 8)
        .text("-")
        .hex(family >>> 16, 4)
        .text("-")
        .hex(family, 4)
        .text("-")
        .hex(low >>> 48, 4)
        .text("-")
        .hex(low, 12);
  }
}
