/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.icestream.producers.http.RecordResult.Accepted;
import io.icestream.producers.http.RecordResult.NotSent;
import io.icestream.producers.http.RecordResult.Rejected;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The answer to a request that was not refused as a whole. Its status is 200 if all records are
 * accepted, 400 if all are rejected, 503 if none is accepted and one may be sent again, and 207
 * else.
 */
final class IngestAnswer {

  private static final JsonFactory JSON = new JsonFactory();

  private IngestAnswer() {}

  static HttpResponse of(String topic, List<RecordResult> results, boolean lettersKept) {
    long accepted = results.stream().filter(Accepted.class::isInstance).count();
    long rejected = results.stream().filter(Rejected.class::isInstance).count();
    long notSent = results.size() - accepted - rejected;
    int status =
        accepted == results.size()
            ? 200
            : rejected == results.size() ? 400 : accepted == 0 ? 503 : 207;
    String body =
        write(
            json -> {
              json.writeStringField("topic", topic);
              json.writeNumberField("accepted", accepted);
              json.writeNumberField("rejected", rejected);
              json.writeNumberField("not_sent", notSent);
              if (!lettersKept) {
                json.writeStringField(
                    "warning", "The rejected records could not be kept in the dead-letter queue");
              }
              json.writeArrayFieldStart("records");
              for (int i = 0; i < results.size(); i++) {
                writeResult(json, i, results.get(i));
              }
              json.writeEndArray();
            });
    return new HttpResponse(status, notSent > 0 ? Map.of("retry-after", "5") : Map.of(), body);
  }

  static String error(String message) {
    return write(json -> json.writeStringField("error", message));
  }

  private static void writeResult(JsonGenerator json, int index, RecordResult result)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", index);
    if (result instanceof Accepted accepted) {
      json.writeStringField("status", "accepted");
      json.writeNumberField("partition", accepted.partition());
      json.writeNumberField("offset", accepted.offset());
    } else if (result instanceof Rejected rejected) {
      json.writeStringField("status", "rejected");
      json.writeStringField("reason", rejected.reason());
    } else if (result instanceof NotSent notSent) {
      json.writeStringField("status", "not_sent");
      json.writeStringField("reason", notSent.reason());
    }
    json.writeEndObject();
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static String write(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
