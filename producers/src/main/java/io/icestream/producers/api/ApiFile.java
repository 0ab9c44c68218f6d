/* SPDX-License-Identifier: MIT */
package io.icestream.producers.api;

import com.fasterxml.jackson.core.JsonPointer;
import io.icestream.producers.ProducerException;
import io.icestream.producers.api.ApiDefinition.Cursor;
import io.icestream.producers.api.ApiDefinition.Limits;
import io.icestream.producers.api.ApiDefinition.Records;
import io.icestream.producers.api.ApiDefinition.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the file that declares an API. All that is wrong with it is told at once. */
public final class ApiFile {

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

  private ApiFile() {}

  /**
   * @param place names the file in messages
   * @throws ProducerException if the text is not YAML, or a key is unknown, missing or has a value
   *     that does not fit
   */
  static ApiDefinition read(String place, String text) {
    Fields root = Fields.of(place, text);
    root.allow(
        "version",
        "name",
        "topic",
        "url",
        "headers",
        "query",
        "records",
        "key",
        "cursor",
        "pages",
        "interval",
        "timeout",
        "attempts",
        "backoff");
    int version = root.number("version", 1, 1, 1);
    ApiDefinition definition =
        new ApiDefinition(
            root.text("name", "[a-z0-9][a-z0-9-]{0,62}"),
            root.text("topic", "[A-Za-z0-9._-]{1,249}"),
            url(root),
            new Request(root.texts("headers"), root.texts("query")),
            new Records(pointer(root, "records").orElse(JsonPointer.empty()), pointer(root, "key")),
            root.child("cursor").map(ApiFile::cursor),
            new Limits(
                root.number("pages", 100, 1, 100_000) * version,
                duration(root, "interval", Duration.ofMinutes(5)),
                duration(root, "timeout", Duration.ofSeconds(30)),
                root.number("attempts", 5, 1, 100),
                duration(root, "backoff", Duration.ofSeconds(1))));
    root.requireNoErrors();
    return definition;
  }

  private static Cursor cursor(Fields fields) {
    fields.allow("from", "parameter");
    return new Cursor(
        pointer(fields, "from").orElseGet(() -> missingPointer(fields)),
        fields.optional("parameter", "[^\\s&=?#]{1,100}"));
  }

  private static JsonPointer missingPointer(Fields fields) {
    fields.missing("from");
    return JsonPointer.empty();
  }

  private static URI url(Fields fields) {
    String text = fields.text("url", "https?://[^\\s?#]+");
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      fields.wrong("url", text, "a URL without a query, which goes to 'query'");
      return URI.create("http://localhost");
    }
  }

  private static Optional<JsonPointer> pointer(Fields fields, String key) {
    return fields.optional(key, "(/.*)?").map(JsonPointer::compile);
  }

  private static Duration duration(Fields fields, String key, Duration otherwise) {
    Optional<String> text = fields.optional(key, DURATION.pattern());
    if (text.isEmpty()) {
      return otherwise;
    }
    Matcher parts = DURATION.matcher(text.get());
    if (!parts.matches()) {
      return otherwise;
    }
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
