/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

/** Where objects are. */
@FunctionalInterface
interface ObjectStore {

  /**
   * Opens exactly the version that is named.
   *
   * @throws GoneException if it is not there any more
   * @throws io.icestream.producers.ProducerException if the store does not answer or lets one not
   *     read: another try may help
   */
  ObjectContent open(ObjectVersion version) throws GoneException;

  /** The version that was asked for is not there any more. */
  final class GoneException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean replaced;

    /**
     * @param replaced whether another version has taken its place, for which there is an event too
     */
    GoneException(String message, boolean replaced) {
      super(message);
      this.replaced = replaced;
    }

    boolean replaced() {
      return replaced;
    }
  }
}
