/* SPDX-License-Identifier: MIT */
package io.icestream.producers.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Avro's binary encoding of one record, behind the header of a framing. */
final class AvroFormat implements RecordFormat {

  private final Schema schema;
  private final byte[] header;
  private final AvroFields fields = new AvroFields();

  /**
   * @param schema a record
   */
  AvroFormat(Schema schema, Framing framing) {
    this.schema = schema;
    this.header = framing.header();
  }

  @Override
  public byte[] ofJson(byte[] record) throws UnfitRecordException {
    Object value = fields.value(JsonTree.of(record), schema, "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    bytes.writeBytes(header);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<Object>(schema).write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public byte[] ofBytes(byte[] record) throws UnfitRecordException {
    Headers.require(header, record);
    AvroCheck.requireWhole(schema, Arrays.copyOfRange(record, header.length, record.length));
    return record;
  }
}
