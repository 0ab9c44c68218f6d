/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

/** Where secrets are. */
@FunctionalInterface
interface Secrets {

  /**
   * The text of a secret.
   *
   * @throws io.icestream.producers.ProducerException if there is none of this id, or it may not be
   *     read; the message does not have its text
   */
  String text(String id);
}
