/* SPDX-License-Identifier: MIT */
package io.icestream.model.shape;

/**
 * How messages name a place of the file.
 *
 * @param value as a value, such as {@code 'topic' in 'kafka' of source 'orders'}
 * @param owner as the owner of keys, such as {@code 'kafka' of source 'orders'}
 */
public record Subject(String value, String owner) {

  /** A place with a name of its own, such as {@code source 'orders'}. */
  public static Subject named(String name) {
    return new Subject(name, name);
  }

  /** The value of a key. */
  Subject key(String name) {
    return new Subject("'" + name + "' in " + owner, "'" + name + "' of " + owner);
  }

  /** The owner at the start of a sentence. */
  String sentenceOwner() {
    return Character.toUpperCase(owner.charAt(0)) + owner.substring(1);
  }
}
