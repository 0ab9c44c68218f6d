/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import java.util.Map;

/** A request that is refused as a whole: nothing of it is sent. The message is for the client. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  HttpResponse response() {
    Map<String, String> headers = status == 405 ? Map.of("allow", "POST") : Map.of();
    return new HttpResponse(status, headers, IngestAnswer.error(getMessage()));
  }
}
