/* SPDX-License-Identifier: MIT */
package io.icestream.spark.inspect;

import io.icestream.model.FormatDefinition.Framing;
import java.nio.ByteBuffer;
import java.util.Map;

/** Puts a registry's header before records of a format whose decoder does not ask the registry. */
final class FramedEncoder implements RecordEncoder {
  private static final byte GLUE_VERSION = 3;
  private static final int CONFLUENT_LENGTH = 5;
  private static final int GLUE_LENGTH = 18;

  private final byte[] header;
  private final RecordEncoder content;

  private FramedEncoder(byte[] header, RecordEncoder content) {
    this.header = header;
    this.content = content;
  }

  static RecordEncoder of(Framing framing, RecordEncoder content) {
    return switch (framing) {
      case NONE -> content;
      case CONFLUENT -> new FramedEncoder(new byte[CONFLUENT_LENGTH], content);
      case GLUE -> {
        byte[] header = new byte[GLUE_LENGTH]; // no compression, schema version 0
        header[0] = GLUE_VERSION;
        yield new FramedEncoder(header, content);
      }
    };
  }

  @Override
  public byte[] encode(Map<String, Object> fields) {
    byte[] written = content.encode(fields);
    return ByteBuffer.allocate(header.length + written.length).put(header).put(written).array();
  }
}
