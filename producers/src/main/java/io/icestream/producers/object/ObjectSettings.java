/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import io.icestream.producers.format.TopicFormats;
import java.util.List;

/**
 * What is done with objects.
 *
 * @param routes where their lines go; those without a route are dead letters
 * @param formats what becomes of a line; topics without one take lines as they are
 * @param longestLine that becomes a record, in bytes
 * @param chunkBytes of lines are committed together; after a crash at most so much is read again
 */
record ObjectSettings(
    List<ObjectRoute> routes, TopicFormats formats, int longestLine, long chunkBytes) {

  ObjectSettings {
    routes = List.copyOf(routes);
  }
}
