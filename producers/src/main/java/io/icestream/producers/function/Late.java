/* SPDX-License-Identifier: MIT */
package io.icestream.producers.function;

import java.util.function.Supplier;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;

/**
 * A client that is made when it is first asked for and closed before a snapshot is taken: its
 * connections and credentials would not survive to the day when the snapshot is restored
 * (SnapStart). Thread-safe.
 *
 * @param <T> the client
 */
public final class Late<T extends AutoCloseable> implements Resource, AutoCloseable {

  private final Supplier<T> made;
  private T client;

  private Late(Supplier<T> made) {
    this.made = made;
  }

  /** Whoever holds it has to go on doing so: the runtime does not. */
  public static <T extends AutoCloseable> Late<T> of(Supplier<T> made) {
    Late<T> late = new Late<>(made);
    Core.getGlobalContext().register(late);
    return late;
  }

  /** The client, the same until it is closed. */
  public synchronized T get() {
    if (client == null) {
      client = made.get();
    }
    return client;
  }

  /** Closes the client, if there is one. The next {@link #get} makes another. */
  @Override
  public synchronized void close() {
    T closing = client;
    client = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("A client cannot be closed", e);
      }
    }
  }

  @Override
  public void beforeCheckpoint(Context<? extends Resource> context) {
    close();
  }

  @Override
  public void afterRestore(Context<? extends Resource> context) {
    // The next get makes a client.
  }
}
