/* SPDX-License-Identifier: MIT */
package io.icestream.infra.access;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A statement that allows something.
 *
 * @param id says what for; letters and digits
 * @param actions actions of IAM, by their full names: none has a wildcard
 * @param resources ARNs, in which a star stands for the rest of a name
 * @param conditions texts that a key of the request has to be like, by operator and key
 */
public record Grant(
    String id,
    List<String> actions,
    List<String> resources,
    SortedMap<String, Map<String, List<String>>> conditions) {
  public Grant {
    actions = List.copyOf(actions);
    resources = List.copyOf(resources);
    conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
  }

  /** A statement without conditions. */
  static Grant of(String id, List<String> actions, List<String> resources) {
    return new Grant(id, actions, resources, new TreeMap<>());
  }

  /** The same statement, for requests whose key is like one of these texts. */
  Grant where(String operator, Map<String, List<String>> values) {
    SortedMap<String, Map<String, List<String>>> more = new TreeMap<>(conditions);
    more.put(operator, Collections.unmodifiableSortedMap(new TreeMap<>(values)));
    return new Grant(id, actions, resources, more);
  }
}
