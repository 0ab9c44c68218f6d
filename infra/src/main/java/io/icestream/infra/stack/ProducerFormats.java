/* SPDX-License-Identifier: MIT */
package io.icestream.infra.stack;

import io.icestream.infra.access.Grant;
import io.icestream.infra.access.Places;
import io.icestream.infra.access.ProducerGrants;
import io.icestream.infra.environment.ProducerSettings.Producer;
import io.icestream.infra.environment.TopicFormat;
import io.icestream.infra.environment.TopicFormat.LocalSchema;
import io.icestream.infra.environment.TopicFormat.Schema;
import io.icestream.infra.environment.TopicFormat.StoredSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.assets.Asset;
import software.constructs.Construct;

/** The formats of a producer's topics as its function reads them. Takes local schemas along. */
final class ProducerFormats extends Construct {
  private final Map<String, Map<String, Object>> described = new TreeMap<>();
  private final SortedSet<String> schemas = new TreeSet<>();

  ProducerFormats(Construct scope, Producer producer, Places places) {
    super(scope, "Formats-" + producer.name());
    producer.formats().forEach((topic, format) -> described.put(topic, of(topic, format, places)));
  }

  /** The value of {@code ICESTREAM_FORMATS}; empty if every topic takes what is sent. */
  String variable() {
    return described.isEmpty() ? "" : Stack.of(this).toJsonString(described);
  }

  /** What the function's role needs for it: the schemas, object by object. */
  List<Grant> grants() {
    return ProducerGrants.ofSchemas(schemas);
  }

  private Map<String, Object> of(String topic, TopicFormat format, Places places) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("format", format.format());
    format.schema().ifPresent(schema -> entries.put("schema", url(topic, schema, places)));
    format.message().ifPresent(message -> entries.put("message", message));
    format
        .schemaId()
        .ifPresent(
            id -> {
              entries.put("framing", format.framing());
              // Confluent's is a number, Glue's a text
              entries.put("schema_id", format.numbered() ? Integer.valueOf(id) : id);
            });
    return entries;
  }

  private String url(String topic, Schema schema, Places places) {
    if (schema instanceof LocalSchema local) {
      Asset asset = Asset.Builder.create(this, topic).path(local.file().toString()).build();
      schemas.add(asset.getBucket().arnForObjects(asset.getS3ObjectKey()));
      return asset.getS3ObjectUrl();
    }
    StoredSchema stored = (StoredSchema) schema;
    schemas.add(places.object(stored.bucket(), stored.key()));
    return "s3://" + stored.bucket() + "/" + stored.key();
  }
}
