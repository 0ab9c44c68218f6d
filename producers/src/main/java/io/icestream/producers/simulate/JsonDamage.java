/* SPDX-License-Identifier: MIT */
package io.icestream.producers.simulate;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The ways in which a JSON event of one kind gets damaged on its way. */
final class JsonDamage {

  /** One way to damage an event. */
  enum Kind {
    /** The end is missing. */
    TRUNCATED,
    /** Something else than JSON: what a device prints on its console. */
    NOT_JSON,
    /** A number field holds a text. */
    WRONG_TYPE,
    /** A whole event and the beginning of another one behind it. */
    TRAILING_GARBAGE,
    /** An object without the required fields. */
    EMPTY_OBJECT
  }

  private static final Kind[] KINDS = Kind.values();

  private final String numberField;
  private final String wrongValue;

  /**
   * @param numberField a field that holds a number or null and is not the last one of the event
   * @param wrongValue the text that a damaged event holds in its place
   */
  JsonDamage(String numberField, String wrongValue) {
    this.numberField = "\"" + numberField + "\":";
    this.wrongValue = "\"" + wrongValue + "\"";
  }

  /** The event after damage of a random kind. */
  byte[] damage(byte[] event, SeededRandom random) {
    return damage(event, KINDS[random.below(KINDS.length)], random);
  }

  byte[] damage(byte[] event, Kind kind, SeededRandom random) {
    return switch (kind) {
      case TRUNCATED -> Arrays.copyOf(event, random.between(event.length / 10, event.length - 1));
      case NOT_JSON -> ("ERR " + random.below(100) + " bus timeout, retrying").getBytes(ISO_8859_1);
      case WRONG_TYPE -> wrongType(new String(event, ISO_8859_1));
      case TRAILING_GARBAGE -> (new String(event, ISO_8859_1) + "}{\"eve").getBytes(ISO_8859_1);
      case EMPTY_OBJECT -> "{}".getBytes(ISO_8859_1);
    };
  }

  private byte[] wrongType(String event) {
    int from = event.indexOf(numberField) + numberField.length();
    int to = event.indexOf(',', from);
    return (event.substring(0, from) + wrongValue + event.substring(to)).getBytes(ISO_8859_1);
  }
}
