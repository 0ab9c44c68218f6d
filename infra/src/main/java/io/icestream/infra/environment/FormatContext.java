/* SPDX-License-Identifier: MIT */
package io.icestream.infra.environment;

import io.icestream.infra.environment.ProducerContext.Artefacts;
import io.icestream.infra.environment.TopicFormat.LocalSchema;
import io.icestream.infra.environment.TopicFormat.Schema;
import io.icestream.infra.environment.TopicFormat.StoredSchema;
import io.icestream.model.Suggestion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the formats of a producer's topics: a mapping by topic. */
final class FormatContext {
  private static final String KEY = "producers";
  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("format", "schema", "message", "framing", "schema_id"));
  private static final List<String> FORMATS = List.of("avro", "json", "protobuf");
  private static final List<String> FRAMINGS = List.of("confluent", "glue", "none");
  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern VERSION =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern STORED =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/([^*?]+)");
  private static final String IN_S3 = "s3://";

  private final Context context;
  private final Artefacts artefacts;

  FormatContext(Context context, Artefacts artefacts) {
    this.context = context;
    this.artefacts = artefacts;
  }

  /**
   * The formats by topic; none if the producer has no key {@code formats}.
   *
   * @param producer its name
   * @param topics what it writes to
   * @param found the value of the key, or null
   */
  SortedMap<String, TopicFormat> read(String producer, List<String> topics, Object found) {
    SortedMap<String, TopicFormat> formats = new TreeMap<>();
    if (found == null) {
      return formats;
    }
    if (!(found instanceof Map<?, ?> entries)) {
      problem(
          "has formats '" + found + "' in '" + producer + "'",
          "Give a mapping from topics to their formats.");
      return formats;
    }
    entries.forEach(
        (key, value) -> {
          String topic = key.toString();
          if (!topics.contains(topic)) {
            problem(
                "has a format for topic '" + topic + "', which '" + producer + "' does not write",
                Suggestion.of(topic, topics));
          }
          formats.put(topic, new OneTopic(producer, topic, entries(value)).read());
        });
    return Collections.unmodifiableSortedMap(formats);
  }

  private static Map<String, Object> entries(Object value) {
    Map<String, Object> entries = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> entries.put(key.toString(), entry));
    } else {
      // "avro" alone: told as a format that lacks the rest
      entries.put("format", value);
    }
    return entries;
  }

  private void problem(String found, String remedy) {
    context.problem(KEY, found, remedy);
  }

  /** The format of one topic of one producer. */
  private final class OneTopic {
    private final String producer;
    private final String topic;
    private final Map<String, Object> entries;

    OneTopic(String producer, String topic, Map<String, Object> entries) {
      this.producer = producer;
      this.topic = topic;
      this.entries = entries;
    }

    TopicFormat read() {
      entries.keySet().stream()
          .filter(key -> !KEYS.contains(key))
          .forEach(key -> wrong("the unknown key '" + key + "'", Suggestion.of(key, KEYS)));
      String format = text("format").orElse("");
      switch (format) {
        case "json" -> {
          List<String> more = new ArrayList<>(entries.keySet());
          more.retainAll(KEYS);
          more.remove("format");
          if (!more.isEmpty()) {
            wrong(more + " beside format json", "Remove it: JSON has no schema here.");
          }
          return TopicFormat.JSON;
        }
        case "avro", "protobuf" -> {
          // Read below
        }
        default -> wrong("format '" + format + "'", Suggestion.of(format, FORMATS));
      }
      if (format.equals("avro") && entries.containsKey("message")) {
        wrong("a 'message'", "Remove it: only Protobuf has messages.");
      }
      Optional<Schema> schema = schema();
      String framing = text("framing").orElse("none");
      return new TopicFormat(format, schema, text("message"), framing, schemaId(framing));
    }

    private Optional<Schema> schema() {
      Optional<String> place = text("schema");
      if (place.isEmpty()) {
        wrong("no 'schema'", "Set it to a file, or to s3://BUCKET/KEY.");
        return Optional.empty();
      }
      if (!place.get().startsWith(IN_S3)) {
        return Optional.of(
            new LocalSchema(
                artefacts.find(
                    KEY,
                    place.get(),
                    "Set 'schema' of topic '"
                        + topic
                        + "' in '"
                        + producer
                        + "' to a file, or to s3://BUCKET/KEY.")));
      }
      Matcher stored = STORED.matcher(place.get());
      if (!stored.matches()) {
        // A star would let the role read more than the schema
        wrong("schema '" + place.get() + "'", "Set it to s3://BUCKET/KEY, without stars.");
        return Optional.empty();
      }
      return Optional.of(new StoredSchema(stored.group(1), stored.group(2)));
    }

    private Optional<String> schemaId(String framing) {
      Optional<String> id = text("schema_id");
      switch (framing) {
        case "none" ->
            id.ifPresent(
                found ->
                    wrong(
                        "schema_id '" + found + "' without a 'framing'", "Set it, or remove it."));
        case "confluent" ->
            require(id, NUMBER, "Set it to the number that the registry has given the schema.");
        case "glue" ->
            require(
                id, VERSION, "Set it to the id of the schema's version, a UUID in small letters.");
        default -> wrong("framing '" + framing + "'", Suggestion.of(framing, FRAMINGS));
      }
      return id;
    }

    private void require(Optional<String> id, Pattern pattern, String remedy) {
      if (!pattern.matcher(id.orElse("")).matches()) {
        wrong("schema_id '" + id.orElse("") + "'", remedy);
      }
    }

    /** Numbers of cdk.json may arrive as 4 or as 4.0. */
    private Optional<String> text(String key) {
      Object found = entries.get(key);
      String text =
          found instanceof Number number && number.doubleValue() == number.longValue()
              ? Long.toString(number.longValue())
              : found == null ? "" : found.toString();
      return Optional.of(text).filter(value -> !value.isEmpty());
    }

    private void wrong(String what, String remedy) {
      problem("has " + what + " for topic '" + topic + "' in '" + producer + "'", remedy);
    }
  }
}
