/* SPDX-License-Identifier: MIT */
package io.icestream.producers.object;

import io.icestream.producers.ProducerException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the lines of objects go.
 *
 * @param prefix what the keys of these objects begin with; empty for all
 * @param topic takes the lines
 * @param headerLines how many lines at the beginning of an object are no records
 */
record ObjectRoute(String prefix, String topic, int headerLines) {

  private static final Pattern TEXT =
      Pattern.compile("(?<prefix>[^=]*)=(?<topic>[A-Za-z0-9._-]{1,249})(:(?<lines>[0-9]{1,4}))?");

  /**
   * Routes written as {@code PREFIX=TOPIC} or {@code PREFIX=TOPIC:HEADER_LINES}.
   *
   * @throws ProducerException if there is none, or one is written otherwise
   */
  static List<ObjectRoute> of(Set<String> texts) {
    List<ObjectRoute> routes = new ArrayList<>();
    for (String text : texts) {
      Matcher parts = TEXT.matcher(text);
      if (!parts.matches()) {
        throw new ProducerException(
            "Route of objects is '"
                + text
                + "': give PREFIX=TOPIC, or PREFIX=TOPIC:1 if the first line is a header.");
      }
      String lines = parts.group("lines");
      routes.add(
          new ObjectRoute(
              parts.group("prefix"),
              parts.group("topic"),
              lines == null ? 0 : Integer.parseInt(lines)));
    }
    if (routes.isEmpty()) {
      throw new ProducerException("Objects have no route: give PREFIX=TOPIC, or =TOPIC for all.");
    }
    return routes;
  }

  /** The route of a key: that with the longest prefix. */
  static Optional<ObjectRoute> of(String key, List<ObjectRoute> routes) {
    return routes.stream()
        .filter(route -> key.startsWith(route.prefix()))
        .max(Comparator.comparingInt(route -> route.prefix().length()));
  }
}
