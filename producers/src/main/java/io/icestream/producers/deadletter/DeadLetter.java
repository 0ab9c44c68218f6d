/* SPDX-License-Identifier: MIT */
package io.icestream.producers.deadletter;

import java.util.Arrays;
import java.util.Objects;

/**
 * Something that cannot be sent. Equality is by content.
 *
 * @param origin which producer gives it up: {@code http}, {@code object} or {@code api}
 * @param place where it was found, so that somebody can look: a request's id and index, an object's
 *     address and byte
 * @param topic where it should have gone; null if that is not known
 * @param reason why it cannot be sent, in the user's words
 * @param payload its bytes; empty if they are still where {@code place} says
 */
@SuppressWarnings("ArrayRecordComponent")
public record DeadLetter(String origin, String place, String topic, String reason, byte[] payload) {

  public DeadLetter {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(payload, "payload");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeadLetter that
        && origin.equals(that.origin)
        && place.equals(that.place)
        && Objects.equals(topic, that.topic)
        && reason.equals(that.reason)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(origin, place, topic, reason, Arrays.hashCode(payload));
  }

  /** Without the payload: the content of a record is not for logs. */
  @Override
  public String toString() {
    return "DeadLetter[" + origin + " " + place + ": " + reason + "]";
  }
}
