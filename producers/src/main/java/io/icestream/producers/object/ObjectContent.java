/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * An object that is open for reading.
 *
 * @param stream its bytes as they are stored; closed with this
 * @param size of the stored bytes
 * @param etag without quotes
 * @param modified when this version was stored
 */
record ObjectContent(InputStream stream, long size, String etag, Instant modified)
    implements Closeable {

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
