/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.FormatDefinition;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;

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
   * @param format the format
   * @param columns the columns that it gives
   * @return the encoder; empty if records of this format can only be given as the payload itself
   */
  static Optional<RecordEncoder> of(FormatDefinition format, StructType columns) {
    if (format instanceof FormatDefinition.Json json) {
      return Optional.of(FramedEncoder.of(json.framing(), new JsonEncoder()));
    }
    if (format instanceof FormatDefinition.Debezium) {
      return Optional.of(new JsonEncoder());
    }
    return format instanceof FormatDefinition.Csv csv
        ? Optional.of(CsvEncoder.of(csv, columns))
        : Optional.empty();
  }
}
