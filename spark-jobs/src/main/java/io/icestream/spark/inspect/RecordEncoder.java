/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.FormatDefinition;
import io.icestream.spark.decode.ProtobufDescriptors;
import io.icestream.spark.plan.RecordSchema;
import io.icestream.spark.plan.SourcePlan;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a record of a test in the format of its source, the other way round than a decoder. One
 * class per format.
 */
interface RecordEncoder {

  /**
   * Writes a record.
   *
   * @param fields its fields by name, as the YAML has them; none of them has to be right
   * @return the value of a Kafka record
   * @throws IllegalArgumentException if the format cannot hold them; the message says why
   */
  byte[] encode(Map<String, Object> fields);

  /**
   * The encoder of a format.
   *
   * @param source the source; a binary format without framing
   * @return the encoder; empty if records of this format can only be given as the payload itself
   */
  static Optional<RecordEncoder> of(SourcePlan source) {
    FormatDefinition format = source.format();
    if (source.recordSchema().definition() instanceof RecordSchema.Avro avro) {
      return Optional.of(new AvroEncoder(avro));
    }
    if (source.recordSchema().definition() instanceof RecordSchema.Protobuf protobuf) {
      return Optional.of(new ProtobufEncoder(ProtobufDescriptors.of(protobuf)));
    }
    if (format instanceof FormatDefinition.Json json) {
      return Optional.of(FramedEncoder.of(json.framing(), new JsonEncoder()));
    }
    if (format instanceof FormatDefinition.Debezium) {
      return Optional.of(new JsonEncoder());
    }
    return format instanceof FormatDefinition.Csv csv
        ? Optional.of(CsvEncoder.of(csv, source.schema()))
        : Optional.empty();
  }
}
