/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;

/**
 * A value that somebody may send, and what has to become of it.
 *
 * @param name what is wrong with it
 * @param payload its bytes; null for a tombstone
 * @param outcomes one for each row
 */
record HostileInput(String name, byte[] payload, List<Outcome> outcomes) {

  /**
   * What becomes of a row.
   *
   * @param values its values, as {@link Decoded} shows them; empty if it is rejected
   * @param reason why it is rejected; empty if any reason will do, which is where another program
   *     knows that the input is bad and not why
   */
  record Outcome(Optional<List<Object>> values, String reason) {
    static Outcome accepted(List<Object> values) {
      return new Outcome(Optional.of(values), "");
    }

    static Outcome rejected(String reason) {
      return new Outcome(Optional.empty(), reason);
    }
  }

  static HostileInput accepted(String name, byte[] payload, List<Object> values) {
    return new HostileInput(name, payload, List.of(Outcome.accepted(values)));
  }

  static HostileInput rejected(String name, byte[] payload, String reason) {
    return new HostileInput(name, payload, List.of(Outcome.rejected(reason)));
  }

  static HostileInput rejected(String name, String payload, String reason) {
    return rejected(name, payload.getBytes(UTF_8), reason);
  }

  /** An input that an oracle has judged: its values, or none if it is bad. */
  static HostileInput judged(String name, byte[] payload, Optional<List<Object>> values) {
    return new HostileInput(name, payload, List.of(new Outcome(values, "")));
  }
}
