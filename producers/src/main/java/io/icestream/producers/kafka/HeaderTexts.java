/* SPDX-License-Identifier: MIT */
package io.icestream.producers.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;

/** Writes texts into Kafka's headers, in the order of their names. */
final class HeaderTexts {

  private HeaderTexts() {}

  static void add(Map<String, String> texts, Headers headers) {
    new TreeMap<>(texts).forEach((name, text) -> headers.add(name, text.getBytes(UTF_8)));
  }
}
