/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import java.util.Map;

/**
 * The answer to a request.
 *
 * @param status of HTTP
 * @param headers without those that follow from the body
 * @param body JSON
 */
record HttpResponse(int status, Map<String, String> headers, String body) {

  HttpResponse {
    headers = Map.copyOf(headers);
  }
}
