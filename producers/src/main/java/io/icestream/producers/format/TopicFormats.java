/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.icestream.producers.ProducerException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** The format of each topic. Immutable. */
public final class TopicFormats {

  /** All topics have JSON. */
  public static final TopicFormats JSON = new TopicFormats(Map.of());

  private static final RecordFormat PLAIN = new JsonFormat();
  private static final Set<String> KEYS =
      new TreeSet<>(Set.of("format", "schema", "message", "framing", "schema_id"));
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Reads the file of a schema. */
  public interface SchemaSource {

    /**
     * @param place as it is written in the settings
     * @throws ProducerException if it cannot be read
     */
    byte[] read(String place);
  }

  private final Map<String, RecordFormat> formats;

  private TopicFormats(Map<String, RecordFormat> formats) {
    this.formats = Map.copyOf(formats);
  }

  /**
   * Formats as {@code docs/producers.md} describes them.
   *
   * @param place names the text in messages
   * @param text a JSON object with a key per topic
   * @throws ProducerException if it is anything else, or a schema is not there or wrong
   */
  public static TopicFormats of(String place, String text, SchemaSource schemas) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new ProducerException(place + " is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw new ProducerException(place + " is not a JSON object: give topics with their formats.");
    }
    Map<String, RecordFormat> formats = new HashMap<>();
    Iterator<Map.Entry<String, JsonNode>> topics = root.fields();
    while (topics.hasNext()) {
      Map.Entry<String, JsonNode> topic = topics.next();
      String where = place + ", topic '" + topic.getKey() + "'";
      formats.put(topic.getKey(), format(where, topic.getValue(), schemas));
    }
    return new TopicFormats(formats);
  }

  /** JSON for a topic that nothing is set for. */
  public RecordFormat of(String topic) {
    return formats.getOrDefault(topic, PLAIN);
  }

  /** The format that is set for a topic; empty for one that takes whatever is sent. */
  public Optional<RecordFormat> set(String topic) {
    return Optional.ofNullable(formats.get(topic));
  }

  /** The topics that have a format set. */
  public Set<String> topics() {
    return formats.keySet();
  }

  private static RecordFormat format(String where, JsonNode node, SchemaSource schemas) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw wrong(where, "has the key '" + key + "': known are " + KEYS);
              }
            });
    String format = text(where, node, "format").orElse("");
    return switch (format) {
      case "json" -> {
        if (node.size() > 1) {
          throw wrong(where, "has more than its 'format': JSON has no schema here");
        }
        yield PLAIN;
      }
      case "avro" -> avro(where, node, schemas);
      case "protobuf" -> protobuf(where, node, schemas);
      default -> throw wrong(where, "has format '" + format + "': give json, avro or protobuf");
    };
  }

  private static RecordFormat avro(String where, JsonNode node, SchemaSource schemas) {
    if (node.has("message")) {
      throw wrong(where, "has a 'message', which only Protobuf has");
    }
    String place = required(where, node, "schema");
    try {
      Schema schema = new Schema.Parser().parse(new String(schemas.read(place), UTF_8));
      if (schema.getType() != Schema.Type.RECORD) {
        throw wrong(where, "has schema " + place + ", which is not a record");
      }
      return new AvroFormat(schema, framing(where, node));
    } catch (AvroRuntimeException e) {
      throw new ProducerException(
          where + ": schema " + place + " is no Avro schema: " + e.getMessage(), e);
    }
  }

  private static RecordFormat protobuf(String where, JsonNode node, SchemaSource schemas) {
    String place = required(where, node, "schema");
    try {
      return new ProtobufFormat(
          DescriptorSets.message(schemas.read(place), text(where, node, "message")),
          framing(where, node));
    } catch (IllegalArgumentException e) {
      throw new ProducerException(where + ": schema " + place + " " + e.getMessage(), e);
    }
  }

  private static Framing framing(String where, JsonNode node) {
    String framing = text(where, node, "framing").orElse("none");
    JsonNode id = node.path("schema_id");
    return switch (framing) {
      case "none" -> {
        if (!id.isMissingNode()) {
          throw wrong(where, "has a 'schema_id' without a framing: give confluent or glue");
        }
        yield new Framing.None();
      }
      case "confluent" -> {
        if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 1) {
          throw wrong(where, "has schema_id '" + id.asText() + "': give the registry's number");
        }
        yield new Framing.Confluent(id.intValue());
      }
      case "glue" -> new Framing.Glue(version(where, id.asText()));
      default -> throw wrong(where, "has framing '" + framing + "': give none, confluent or glue");
    };
  }

  private static UUID version(String where, String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new ProducerException(
          where + " has schema_id '" + text + "': give the id of the schema's version, a UUID.", e);
    }
  }

  private static String required(String where, JsonNode node, String key) {
    return text(where, node, key)
        .orElseThrow(() -> wrong(where, "has no '" + key + "': give the place of its file"));
  }

  private static Optional<String> text(String where, JsonNode node, String key) {
    JsonNode found = node.path(key);
    if (!found.isMissingNode() && !found.isTextual()) {
      throw wrong(where, "has '" + key + "' that is not a text");
    }
    return Optional.ofNullable(found.textValue()).filter(text -> !text.isEmpty());
  }

  private static ProducerException wrong(String where, String what) {
    return new ProducerException(where + " " + what + ".");
  }
}
