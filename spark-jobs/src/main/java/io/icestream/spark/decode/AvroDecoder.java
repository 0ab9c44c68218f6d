/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition.Framing;
import io.icestream.model.FormatDefinition.UnknownFields;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.registry.SchemaId;
import io.icestream.spark.registry.WriterSchema;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/** One Avro record per payload, resolved from its writer's schema to the reader's. */
final class AvroDecoder implements RecordDecoder {
  private final String readerText;
  private final String writerText;
  private final Framing framing;
  private final UnknownFields unknownFields;
  private final StructType columns;
  private final RegistryAccess registry;
  private transient DriftLog drift;
  private transient Schema reader;
  private transient AvroRecord fields;
  private transient AvroResolution unframed;
  private transient Map<SchemaId, AvroResolution> resolutions;

  /**
   * @param schema the schemas of the files
   * @param columns the columns as they are now; other than the file's only if they evolve
   * @param unknownFields what happens to fields that a writer has and the columns have not
   * @param registry asked only if there is a framing
   */
  AvroDecoder(
      RecordSchema.Avro schema,
      StructType columns,
      Framing framing,
      UnknownFields unknownFields,
      RegistryAccess registry) {
    this.readerText = schema.reader();
    this.writerText = schema.writer().orElse(schema.reader());
    this.framing = framing;
    this.columns = columns;
    this.unknownFields = unknownFields;
    this.registry = registry;
  }

  @Override
  public void report(DriftLog log) {
    drift = log;
  }

  @Override
  public void decode(byte[] payload, InternalRow row) throws Rejection {
    if (payload.length == 0) {
      throw new Rejection("empty_payload", "The payload has no content");
    }
    Frame frame = Frame.of(framing, payload);
    AvroResolution resolution = resolution(frame.schema());
    if (drift != null) {
      resolution.changes().forEach(drift::note);
    }
    resolution.read(frame.value(), row);
    if (drift != null) {
      resolution.unknown().forEach(drift::ignore);
    }
  }

  private AvroResolution resolution(Optional<SchemaId> id) throws Rejection {
    if (reader == null) {
      reader = AvroSchemas.parse(readerText);
      fields = new AvroRecord(reader, "");
      resolutions = new HashMap<>();
    }
    if (id.isEmpty()) {
      if (unframed == null) {
        unframed = resolve(AvroSchemas.parse(writerText));
      }
      return unframed;
    }
    AvroResolution resolution = resolutions.get(id.get());
    if (resolution == null) {
      resolution = resolve(writer(id.get()));
      resolutions.put(id.get(), resolution);
    }
    return resolution;
  }

  private Schema writer(SchemaId id) throws Rejection {
    WriterSchema schema = registry.require(id);
    try {
      return AvroSchemas.parse(schema);
    } catch (IllegalArgumentException e) {
      throw new Rejection("incompatible_schema", "Schema " + id + " " + e.getMessage());
    }
  }

  private AvroResolution resolve(Schema writer) {
    return unknownFields == UnknownFields.EVOLVE
        ? AvroResolution.evolving(writer, reader, columns)
        : new AvroResolution(writer, reader, fields, unknownFields == UnknownFields.REJECT);
  }
}
