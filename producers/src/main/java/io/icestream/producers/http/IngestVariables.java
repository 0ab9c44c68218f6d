/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import com.fasterxml.jackson.core.JsonPointer;
import io.icestream.producers.ProducerException;
import io.icestream.producers.function.FormatVariables;
import io.icestream.producers.function.Variables;
import io.icestream.producers.http.IngestSettings.Limits;

/** The settings of HTTP ingest, from a function's environment variables. */
final class IngestVariables {

  private IngestVariables() {}

  static IngestSettings settings(Variables variables) {
    variables.require("ICESTREAM_TOPICS");
    return new IngestSettings(
        variables.list("ICESTREAM_TOPICS"),
        variables.get("ICESTREAM_KEY").map(IngestVariables::pointer),
        FormatVariables.formats(variables),
        new Limits(
            variables.number("ICESTREAM_MAX_BODY_BYTES", Limits.DEFAULT.bodyBytes()),
            variables.number("ICESTREAM_MAX_RECORD_BYTES", Limits.DEFAULT.recordBytes()),
            variables.number("ICESTREAM_MAX_RECORDS", Limits.DEFAULT.records())));
  }

  private static JsonPointer pointer(String text) {
    try {
      return JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw new ProducerException(
          "Environment variable ICESTREAM_KEY is '"
              + text
              + "': give a JSON pointer such as /device_id.",
          e);
    }
  }
}
