/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One request, wherever it comes from.
 *
 * @param id names it in dead letters and logs
 * @param method in upper case
 * @param path begins with a slash, without the query
 * @param headers by their names in lower case
 * @param body decoded; empty if there is none. May be one byte longer than what is allowed, which
 *     stands for anything longer
 */
@SuppressWarnings("ArrayRecordComponent")
record HttpRequest(
    String id, String method, String path, Map<String, String> headers, byte[] body) {

  HttpRequest {
    Objects.requireNonNull(id, "id");
    headers = Map.copyOf(headers);
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public String toString() {
    return "HttpRequest[" + id + " " + method + " " + path + ", " + body.length + " bytes]";
  }
}
