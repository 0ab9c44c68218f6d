/* SPDX-License-Identifier: MIT */
package io.icestream.producers.topic;

import java.util.Map;

/**
 * A topic that is there.
 *
 * @param partitions how many partitions it has
 * @param config all of its settings
 */
record FoundTopic(int partitions, Map<String, String> config) {
  FoundTopic {
    config = Map.copyOf(config);
  }
}
