/* SPDX-License-Identifier: MIT */
package io.icestream.producers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.icestream.producers.json.BadJsonException;
import io.icestream.producers.json.JsonRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Takes a request apart: its topic and the bytes of its records, which are not judged yet. */
final class RequestRecords {

  private static final Set<String> DOCUMENT = Set.of("application/json");
  private static final Set<String> LINES =
      Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");
  private static final Set<String> BYTES = Set.of("application/octet-stream");
  private static final String TOPICS = "/topics/";

  private final IngestSettings settings;

  RequestRecords(IngestSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws Refusal with 404 or 405
   */
  String topic(HttpRequest request) throws Refusal {
    if (!request.method().equals("POST")) {
      throw new Refusal(405, "The method is " + request.method() + ": send records with POST");
    }
    int at = request.path().lastIndexOf(TOPICS);
    if (at >= 0) {
      String topic = request.path().substring(at + TOPICS.length());
      if (!settings.topics().contains(topic)) {
        throw new Refusal(404, "Topic '" + topic + "' is not one that records are taken for");
      }
      return topic;
    }
    if (request.path().equals("/") && settings.topics().size() == 1) {
      return settings.topics().iterator().next();
    }
    throw new Refusal(
        404,
        "The path is " + request.path() + ": send records to " + TOPICS + "NAME, with a topic");
  }

  /**
   * @throws Refusal with 400, 413 or 415
   */
  List<byte[]> records(HttpRequest request) throws Refusal {
    String type = contentType(request);
    byte[] body = request.body();
    IngestSettings.Limits limits = settings.limits();
    if (body.length > limits.bodyBytes()) {
      throw new Refusal(
          413,
          "The body has more than " + limits.bodyBytes() + " bytes: send fewer records at once");
    }
    if (body.length == 0) {
      throw new Refusal(
          400, "The body is empty: send a JSON object, an array, or lines of objects");
    }
    if (BYTES.contains(type)) {
      return List.of(body);
    }
    List<byte[]> records = LINES.contains(type) ? lines(body) : document(body);
    if (records.isEmpty()) {
      throw new Refusal(400, "The body has no record: send at least one JSON object");
    }
    if (records.size() > limits.records()) {
      throw new Refusal(
          413,
          "The body has "
              + records.size()
              + " records: send "
              + limits.records()
              + " at most at once");
    }
    return records;
  }

  /** Whether the body is one record in its topic's own format. */
  static boolean areBytes(HttpRequest request) throws Refusal {
    return BYTES.contains(contentType(request));
  }

  private static String contentType(HttpRequest request) throws Refusal {
    Optional<String> encoding = request.header("content-encoding");
    if (encoding.isPresent() && !encoding.get().equals("identity")) {
      throw new Refusal(
          415, "The content encoding is " + encoding.get() + ": send it uncompressed");
    }
    String full = request.header("content-type").orElse("");
    String type = full.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!DOCUMENT.contains(type) && !LINES.contains(type) && !BYTES.contains(type)) {
      throw new Refusal(
          415,
          "The content type is "
              + (type.isEmpty() ? "missing" : type)
              + ": send application/json, application/x-ndjson for one record per line, or"
              + " application/octet-stream for one in the topic's own format");
    }
    return type;
  }

  private static List<byte[]> document(byte[] body) throws Refusal {
    try {
      return JsonRecords.of(body);
    } catch (BadJsonException e) {
      throw new Refusal(400, e.getMessage());
    }
  }

  /** The lines without their ends; those of white space only are left out. */
  private static List<byte[]> lines(byte[] body) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at <= body.length; at++) {
      if (at == body.length || body[at] == '\n') {
        byte[] line =
            Arrays.copyOfRange(body, from, at > from && body[at - 1] == '\r' ? at - 1 : at);
        if (!new String(line, UTF_8).isBlank()) {
          lines.add(line);
        }
        from = at + 1;
      }
    }
    return lines;
  }
}
