/* SPDX-License-Identifier: MIT */
package io.icestream.spark.decode;

import io.icestream.model.FormatDefinition;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.plan.SourcePlan;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.types.StructType;

/** The format {@code avro}: its schema files, and the decoder made of them. */
final class AvroFormat {
  private AvroFormat() {}

  static RecordSchema schema(FormatDefinition.Avro format, SchemaFiles files) {
    String reader = files.text(format.schema());
    StructType columns = checked(format.schema(), () -> AvroColumns.of(reader));
    Optional<String> writer = format.writerSchema().map(file -> writer(file, files));
    return new RecordSchema(columns, new RecordSchema.Avro(reader, writer));
  }

  static RecordDecoder decoder(FormatDefinition.Avro format, SourcePlan source) {
    if (source.recordSchema().definition() instanceof RecordSchema.Avro schema) {
      return new AvroDecoder(
          schema,
          source.schema(),
          format.framing(),
          format.unknownFields(),
          RegistryAccess.of(source.registry()));
    }
    throw new IllegalStateException("An Avro source without an Avro schema: " + source.name());
  }

  private static String writer(String file, SchemaFiles files) {
    String text = files.text(file);
    return checked(file, () -> AvroSchemas.parse(text).toString());
  }

  private static <T> T checked(String file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw SchemaFiles.wrong(file, e);
    }
  }
}
